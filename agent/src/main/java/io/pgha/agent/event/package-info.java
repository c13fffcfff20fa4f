/** The event history: what this node decided and was told, in memory and in a file. */
@NullMarked
package io.pgha.agent.event;

import org.jspecify.annotations.NullMarked;

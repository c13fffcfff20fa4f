/** Rules for an agent that was told to stop. */
@NullMarked
package io.pgha.core.rules.shutdown;

import org.jspecify.annotations.NullMarked;

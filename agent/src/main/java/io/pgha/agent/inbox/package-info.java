/**
 * What operators ask this node for, on its way to the loop: REST threads post, the loop takes and answers.
 *
 * <p>Entry point: {@link io.pgha.agent.inbox.Inbox}. It must not know HTTP, and decides nothing.
 */
@NullMarked
package io.pgha.agent.inbox;

import org.jspecify.annotations.NullMarked;

/**
 * When what is done: an ordered table of small rules, the first that matches wins.
 *
 * <p>Entry point: {@link io.pgha.core.decide.DecisionTable}. A rule sees one immutable {@link
 * io.pgha.core.decide.Situation} and nothing else.
 */
@NullMarked
package io.pgha.core.decide;

import org.jspecify.annotations.NullMarked;

/** Rules for what an operator orders from this node: restart and reinitialize (facts §3.8, §5.13). */
@NullMarked
package io.pgha.core.rules.operator;

import org.jspecify.annotations.NullMarked;

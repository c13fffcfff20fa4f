/** The rules in their order: {@link io.pgha.core.rules.DecisionTable} is the table of contents of the product. */
@NullMarked
package io.pgha.core.rules;

import org.jspecify.annotations.NullMarked;

/** Rules for a request to hand over, from the REST API or hactl (facts §5.8, §5.11). */
@NullMarked
package io.pgha.core.rules.switchover;

import org.jspecify.annotations.NullMarked;

/** Rules for a cycle that could not read the DCS (facts §5.15). */
@NullMarked
package io.pgha.core.rules.outage;

import org.jspecify.annotations.NullMarked;

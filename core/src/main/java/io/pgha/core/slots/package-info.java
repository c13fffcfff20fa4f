/** Replication slots: wanted minus actual is the plan. Pure; the plan is carried out by the module postgres. */
@NullMarked
package io.pgha.core.slots;

import org.jspecify.annotations.NullMarked;

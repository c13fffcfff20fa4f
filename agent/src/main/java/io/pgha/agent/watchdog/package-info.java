/** The watchdog device: it resets the whole machine unless it is told in time that all is well (facts §5.20). */
@NullMarked
package io.pgha.agent.watchdog;

import org.jspecify.annotations.NullMarked;

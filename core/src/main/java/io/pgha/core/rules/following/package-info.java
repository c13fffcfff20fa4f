/** Rules for a member that follows the leader (facts §5.9). */
@NullMarked
package io.pgha.core.rules.following;

import org.jspecify.annotations.NullMarked;

/** Rules for the member that holds the leader lock (facts §5.9, §5.10). */
@NullMarked
package io.pgha.core.rules.leading;

import org.jspecify.annotations.NullMarked;

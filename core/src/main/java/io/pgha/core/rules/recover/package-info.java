/** Rules for a PostgreSQL that does not run (facts §5.7) and for one whose history has parted from the leader's (facts §5.12). */
@NullMarked
package io.pgha.core.rules.recover;

import org.jspecify.annotations.NullMarked;

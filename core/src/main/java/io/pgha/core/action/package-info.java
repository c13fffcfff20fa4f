/** What can be done, as data, and what can come of it. Carried out elsewhere. */
@NullMarked
package io.pgha.core.action;

import org.jspecify.annotations.NullMarked;

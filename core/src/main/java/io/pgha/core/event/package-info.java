/** What is remembered of a node's decisions and orders, for those who ask afterwards why something happened. Pure. */
@NullMarked
package io.pgha.core.event;

import org.jspecify.annotations.NullMarked;

/**
 * The daemon: it observes, asks the core what to do, and does it.
 */
@NullMarked
package io.pgha.agent;

import org.jspecify.annotations.NullMarked;

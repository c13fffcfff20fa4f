/** What an operator installs: the launchers and the systemd unit. */
@NullMarked
package io.pgha.dist;

import org.jspecify.annotations.NullMarked;

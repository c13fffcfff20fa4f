/** Does what was decided. Holds no policy: what is done when is decided in {@code io.pgha.core.rules}. */
@NullMarked
package io.pgha.agent.exec;

import org.jspecify.annotations.NullMarked;

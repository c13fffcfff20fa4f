package io.pgha.core.slots;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which rows of catalogs the leader keeps, and for whom; all of it seen at one moment.
 *
 * @param ofStandby catalog_xmin of the physical slot of the standby that asks; empty: the leader keeps nothing for it
 * @param ofLogical catalog_xmin of the logical slots, by name
 */
public record SlotHorizon(Optional<Long> ofStandby, Map<String, Long> ofLogical) {
    public SlotHorizon {
        ofLogical = Collections.unmodifiableMap(new TreeMap<>(ofLogical));
    }
}

/**
 * What {@code hactl} prints: tables of members and of the history, as text, TSV, JSON and YAML, byte for byte as Patroni's
 * own tool prints them (facts §4.3). Pure: it must not know the DCS, the command line or the terminal.
 */
@NullMarked
package io.pgha.ctl.table;

import org.jspecify.annotations.NullMarked;

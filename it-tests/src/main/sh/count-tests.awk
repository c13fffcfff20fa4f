# Reads Surefire's XML reports, prints what failed, what was skipped, and "N passed, N failed, N skipped".
# Ends with 1 if a test failed or none ran.
function attribute(name,    found) {
    if (!match($0, " " name "=\"[^\"]*\"")) return ""
    found = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
    gsub(/&quot;/, "\"", found); gsub(/&apos;/, "'", found); gsub(/&#10;/, " ", found)
    gsub(/&lt;/, "<", found); gsub(/&gt;/, ">", found); gsub(/&amp;/, "\\&", found)
    return found
}
# Anchored: a test's output, which the reports hold as well, may look like anything.
/^  <testcase / { count++; test = attribute("classname") "." attribute("name"); counted = "" }
/^    <(failure|error)[ >]/ && counted != test { failures[++failed] = test; counted = test }
/^    <skipped/ { reason = attribute("message"); skips[++skipped] = test (reason == "" ? "" : " (" reason ")") }
END {
    for (i = 1; i <= failed; i++) print "failed:  " failures[i]
    for (i = 1; i <= skipped; i++) print "skipped: " skips[i]
    printf "%d passed, %d failed, %d skipped\n", count - failed - skipped, failed, skipped
    exit (failed > 0 || count == 0)
}

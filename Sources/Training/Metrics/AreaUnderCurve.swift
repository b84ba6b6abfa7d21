/// The area under the ROC curve: how likely a positive has a larger score than a negative, ties counting half.
///
/// From the sum of the positives' ranks (Mann & Whitney, 1947). Nil without positives or without negatives, and if a
/// score is NaN.
func areaUnderCurve(of scores: some Collection<Float>, isPositive: (Int) -> Bool) -> Double? {
    // The score in the upper half of each key, in an order of unsigned integers: they sort fast.
    var keys: [UInt64] = []
    keys.reserveCapacity(scores.count)
    for (index, score) in scores.enumerated() {
        if score.isNaN { return nil }
        let bits = (score + 0).bitPattern  // 0 and -0 are equal
        let ordered = bits >> 31 == 0 ? bits | 1 << 31 : ~bits
        keys.append(UInt64(ordered) << 32 | (isPositive(index) ? 1 : 0))
    }
    keys.sort()
    var (positives, wins) = (0, 0.0)
    var start = 0
    while start < keys.count {
        var (end, tied) = (start, 0)
        while end < keys.count, keys[end] >> 32 == keys[start] >> 32 {
            tied += Int(keys[end] & 1)
            end += 1
        }
        let negativesBelow = start - positives
        wins += Double(tied) * (Double(negativesBelow) + Double(end - start - tied) / 2)
        positives += tied
        start = end
    }
    let negatives = keys.count - positives
    return positives > 0 && negatives > 0 ? wins / Double(positives) / Double(negatives) : nil
}

/// Which channels of a network can only become more or fewer together: those of layers whose values are added, and
/// what passes on channel by channel.
struct ChannelTies {
    /// Channels as some layers declare them, `conv 16`: one number for all of them.
    struct Bundle {
        let count: Int
        /// Channels are read or made in so many groups of neighbours.
        var groups: Int
        /// Why their number cannot change.
        var fixed: EditError.Fixed?
        /// The layers that declare it, by index.
        var declaring: [Int]
    }

    /// Neighbouring channels of a value: those of a bundle, each of them `spread` times in a row.
    struct Run: Hashable {
        var bundle: Int
        var spread: Int
    }

    private var bundles: [Bundle] = []
    /// Another bundle that one has become part of; itself for a whole one.
    private var wholes: [Int] = []
    /// Of each layer's first source.
    private(set) var inputs: [[Run]] = []
    /// Of each layer's output.
    private(set) var outputs: [[Run]] = []

    init(_ network: Network) {
        let images = [newBundle(network.input[network.input.rank - 1], fixed: .images)]
        for (index, layer) in network.layers.enumerated() {
            let sources = layer.sources.map { source in
                if case .layer(let source) = source { outputs[source] } else { images }
            }
            inputs.append(sources[0])
            outputs.append(follow(layer, at: index, sources))
        }
        if let last = network.layers.last, let runs = outputs.last { fix(runs, .classes(last.name)) }
        inputs = inputs.map(whole)
        outputs = outputs.map(whole)
    }

    subscript(run: Run) -> Bundle { bundles[run.bundle] }

    private mutating func follow(_ layer: PlacedLayer, at index: Int, _ sources: [[Run]]) -> [Run] {
        switch layer.layer.channelFlow(for: layer.input) {
        case .each(let copies):
            return sources[0].map { Run(bundle: $0.bundle, spread: $0.spread * copies) }
        case .normalized, .competing:
            return sources[0]
        case .mixed(let groups):
            if groups > 1 { read(sources[0], inGroups: groups, by: layer.name) }
            let count = layer.output[layer.output.rank - 1]
            return [newBundle(count, groups: groups, declaredBy: index)]
        case .sum:
            for other in sources.dropFirst() { tie(sources[0], other, by: layer.name) }
            return sources[0]
        case .concatenation:
            return sources.flatMap(\.self)
        }
    }

    private mutating func newBundle(
        _ count: Int, groups: Int = 1, fixed: EditError.Fixed? = nil, declaredBy layer: Int? = nil
    ) -> Run {
        bundles.append(
            Bundle(count: count, groups: groups, fixed: fixed, declaring: layer.map { [$0] } ?? []))
        wholes.append(bundles.count - 1)
        return Run(bundle: bundles.count - 1, spread: 1)
    }

    private func whole(_ runs: [Run]) -> [Run] {
        runs.map { Run(bundle: whole($0.bundle), spread: $0.spread) }
    }

    private func whole(_ bundle: Int) -> Int {
        var bundle = bundle
        while wholes[bundle] != bundle { bundle = wholes[bundle] }
        return bundle
    }

    private mutating func fix(_ runs: [Run], _ reason: EditError.Fixed) {
        for run in runs {
            let bundle = whole(run.bundle)
            bundles[bundle].fixed = bundles[bundle].fixed ?? reason
        }
    }

    private mutating func read(_ runs: [Run], inGroups groups: Int, by layer: String) {
        guard runs.count == 1, runs[0].spread == 1 else { return fix(runs, .groupsOfSeveral(layer)) }
        let bundle = whole(runs[0].bundle)
        bundles[bundle].groups = leastCommonMultiple(bundles[bundle].groups, groups)
    }

    private mutating func tie(_ a: [Run], _ b: [Run], by layer: String) {
        let fits =
            a.count == b.count
            && zip(a, b).allSatisfy { $0.spread == $1.spread && self[$0].count == self[$1].count }
        guard fits else { return fix(a + b, .sumOfSeveral(layer)) }
        for (a, b) in zip(whole(a), whole(b)) where a.bundle != b.bundle {
            let (kept, other) = (bundles[a.bundle], bundles[b.bundle])
            bundles[a.bundle].groups = leastCommonMultiple(kept.groups, other.groups)
            bundles[a.bundle].fixed = kept.fixed ?? other.fixed
            bundles[a.bundle].declaring = (kept.declaring + other.declaring).sorted()
            wholes[b.bundle] = a.bundle
        }
    }
}

private func leastCommonMultiple(_ a: Int, _ b: Int) -> Int {
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return a / x * b
}

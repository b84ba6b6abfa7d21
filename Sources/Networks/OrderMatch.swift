import Tensors

/// Layers of a file that belong to layers of a network, found by the shapes of their tensors.
///
/// A file of safetensors is sorted by name, so its order says nothing; the numbers within names mostly do: `block2`
/// comes before `block10`. Where several layers have the same shapes, they are taken in the order of their names.
struct OrderMatch {
    /// The name in the file, by the network's.
    let sources: [String: String]
    /// Layers with shapes that others have, too.
    let guesses: Int

    /// A layer's tensors: the name that they begin with, and the rest of each with its shape.
    private struct Owner {
        let name: String
        var tensors: [String: Shape]
    }

    /// Nil unless each layer of the network finds one in the file, and none is left.
    ///
    /// `needed` is in the order of the network.
    init?(_ needed: [(name: String, shape: Shape)], _ offered: [String: Shape]) {
        let targets = Self.owners(needed)
        let origins = Self.owners(
            offered.sorted { Self.precedes($0.key, $1.key) }.map { (name: $0.key, shape: $0.value) })
        guard targets.count == origins.count else { return nil }
        var waiting = Dictionary(grouping: origins, by: \.tensors)
        let rivals = waiting.mapValues(\.count)
        var (sources, guesses) = ([String: String](), 0)
        for target in targets {
            guard let origin = waiting[target.tensors]?.first else { return nil }
            waiting[target.tensors]?.removeFirst()
            if rivals[target.tensors] != 1 { guesses += 1 }
            for suffix in target.tensors.keys { sources[target.name + suffix] = origin.name + suffix }
        }
        (self.sources, self.guesses) = (sources, guesses)
    }

    private static func owners(_ tensors: [(name: String, shape: Shape)]) -> [Owner] {
        var owners: [Owner] = []
        var places: [String: Int] = [:]
        for (name, shape) in tensors {
            let dot = name.lastIndex(of: ".") ?? name.startIndex
            let owner = String(name[..<dot])
            let place = places[owner] ?? owners.count
            if place == owners.count { owners.append(Owner(name: owner, tensors: [:])) }
            places[owner] = place
            owners[place].tensors[String(name[dot...])] = shape
        }
        return owners
    }

    /// Numbers within names count as numbers.
    private static func precedes(_ a: String, _ b: String) -> Bool {
        for (x, y) in zip(runs(a), runs(b)) where x != y {
            guard let m = Int(x), let n = Int(y), m != n else { return x < y }
            return m < n
        }
        return a.utf8.count < b.utf8.count
    }

    /// `conv10.weight` as `conv`, `10`, `.weight`.
    private static func runs(_ name: String) -> [Substring] {
        var runs: [Substring] = []
        var start = name.startIndex
        while start < name.endIndex {
            let isNumber = name[start].isNumber
            let end = name[start...].firstIndex { $0.isNumber != isNumber } ?? name.endIndex
            runs.append(name[start..<end])
            start = end
        }
        return runs
    }
}

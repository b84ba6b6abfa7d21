import CommandLanguage
import Tensors

/// What is refused to whoever looks at images and layers, and its wording.
enum LookRefusal: CommandFailure, Hashable {
    case unknownClass(String, known: [String], argument: String)
    /// An image by its number in a set, or among those of a class.
    case noImage(Int, count: Int, set: String, label: String?)
    /// With what there is instead in words.
    case noMistake(Int, found: Int, summary: String, argument: String)
    /// Two ways to say which image, the one beside `image` by its argument.
    case mistakeOrImage(String)
    case labelsOfPixels
    case notConvolution(String, convolutions: [String])
    case noFilter(Int, count: Int)
    /// A layer whose output has no height and width.
    case noMaps(String, Shape, fitting: [String])
    /// None recorded yet, of what is watched or because nothing is.
    case noHistograms(isWatched: Bool)

    var message: String {
        switch self {
        case .unknownClass(let name, _, _): "there is no class `\(name)`"
        case .noImage(let number, let count, let set, let label):
            "there is no image \(number): \(set) has \(Figures.count(count, "image"))"
                + (label.map { " of \($0)" } ?? "") + ", numbered from 0"
        case .noMistake(_, 0, let summary, _): "there is no such mistake: \(summary)"
        case .noMistake(let number, _, let summary, _): "there is no mistake \(number): \(summary)"
        case .mistakeOrImage(let argument): "`\(argument)` and `image` exclude each other"
        case .labelsOfPixels: "here pixels have labels, and images have none"
        case .notConvolution(let name, _): "`\(name)` is no convolution"
        case .noFilter(let number, let count):
            "there is no filter \(number): the layer has \(Figures.grouped(count)), numbered from 0"
        case .noMaps(let name, let shape, _): "`\(name)` gives \(shape) numbers for an image, and no maps"
        case .noHistograms: "no histogram has been recorded"
        }
    }

    var hint: String? {
        switch self {
        case .unknownClass(let name, let known, _):
            nearest(to: name, among: known).map { "did you mean `\($0)`?" }
                ?? "a number below \(known.count), or one of \(known.shortList)"
        case .noImage(_, 0, _, _), .noMistake(_, 0, _, _), .mistakeOrImage: nil
        case .noImage(_, let count, _, _): "such as `image=\(count - 1)`"
        case .noMistake(_, let found, _, _): "such as `mistake=\(found)`"
        case .labelsOfPixels: "leave it out"
        case .notConvolution(_, let known):
            known.isEmpty ? "this model has none" : "one of \(known.shortList)"
        case .noFilter(_, let count): "such as `filter=\(count - 1)`"
        case .noMaps(let name, _, let fitting):
            (fitting.isEmpty ? "" : "one of \(fitting.shortList); ")
                + "`stats activations \(name)` has its numbers"
        case .noHistograms(let isWatched):
            isWatched ? "`train` or `step` first" : "`watch histogram weights` first, then `train` or `step`"
        }
    }

    var argument: String? {
        switch self {
        case .unknownClass(_, _, let argument): argument
        case .noImage(_, 0, _, _): "label"
        case .noImage: "image"
        case .noMistake(_, _, _, let argument), .mistakeOrImage(let argument): argument
        case .labelsOfPixels: "label"
        case .notConvolution, .noMaps: "layer"
        case .noFilter: "filter"
        case .noHistograms: nil
        }
    }
}

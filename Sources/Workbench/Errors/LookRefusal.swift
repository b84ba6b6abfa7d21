import CommandLanguage
import Tensors

/// What is refused to whoever looks at images and layers, and its wording.
enum LookRefusal: CommandFailure, Hashable {
    case unknownClass(String, known: [String], argument: String)
    /// An image by its number in a set, or among those of a class.
    case noImage(Int, count: Int, set: String, label: String?)
    case noMistake(Int, found: Int, set: String)
    /// Two ways to say which image, the other one by its argument.
    case mistakeOrImage(String)
    case labelsOfPixels
    case notConvolution(String, convolutions: [String])
    case noFilter(Int, count: Int)
    /// A layer whose output has no height and width.
    case noMaps(String, Shape, fitting: [String])

    var message: String {
        switch self {
        case .unknownClass(let name, _, _): "there is no class `\(name)`"
        case .noImage(let number, let count, let set, let label):
            "there is no image \(number): \(set) has \(Figures.count(count, "image"))"
                + (label.map { " of \($0)" } ?? "") + ", numbered from 0"
        case .noMistake(_, 0, let set): "there are no mistakes: all \(set) images are right"
        case .noMistake(let number, let found, let set):
            "there is no mistake \(number): \(Figures.count(found, "\(set) image")) \(found == 1 ? "is" : "are") wrong"
        case .mistakeOrImage(let other): "`mistake` and `\(other)` exclude each other"
        case .labelsOfPixels: "here pixels have labels, and images have none"
        case .notConvolution(let name, _): "`\(name)` is no convolution"
        case .noFilter(let number, let count):
            "there is no filter \(number): the layer has \(Figures.grouped(count)), numbered from 0"
        case .noMaps(let name, let shape, _): "`\(name)` gives \(shape) numbers for an image, and no maps"
        }
    }

    var hint: String? {
        switch self {
        case .unknownClass(let name, let known, _):
            nearest(to: name, among: known).map { "did you mean `\($0)`?" }
                ?? "a number below \(known.count), or one of \(known.shortList)"
        case .noImage(_, 0, _, _), .noMistake(_, 0, _), .mistakeOrImage: nil
        case .noImage(_, let count, _, _): "such as `image=\(count - 1)`"
        case .noMistake(_, let found, _): "such as `mistake=\(found)`"
        case .labelsOfPixels: "such as `image=3`"
        case .notConvolution(_, let known):
            known.isEmpty ? "this model has none" : "one of \(known.shortList)"
        case .noFilter(_, let count): "such as `filter=\(count - 1)`"
        case .noMaps(let name, _, let fitting):
            (fitting.isEmpty ? "" : "one of \(fitting.shortList); ")
                + "`stats activations \(name)` has its numbers"
        }
    }

    var argument: String? {
        switch self {
        case .unknownClass(_, _, let argument): argument
        case .noImage: "image"
        case .noMistake, .mistakeOrImage: "mistake"
        case .labelsOfPixels: "label"
        case .notConvolution, .noMaps: "layer"
        case .noFilter: "filter"
        }
    }
}

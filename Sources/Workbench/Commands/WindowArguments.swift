import CommandLanguage
import Networks
import Tensors

// What the words of convolutions and poolings share.

/// `3` or, if it is not square, `3x5`.
let extent = Argument.Kind.either([.integer(1...64, unit: "pixels"), .size(2...2)])

let padding = Argument(
    "padding",
    .either([
        .choice([.init("same", "output as large as input / stride"), .init("valid", "none")]),
        .integer(0...1024, unit: "pixels"),
    ]),
    "rim of zeros around the image", default: .text("valid"))

extension Call {
    func extent(_ argument: String) -> Size? {
        switch arguments[argument] {
        case .number(let side): Size(Int(side))
        case .size(let extents): Size(height: extents[0], width: extents[1])
        default: nil
        }
    }

    var padding: Padding {
        switch arguments["padding"] {
        case .number(let pixels): .explicit(Int(pixels))
        case .text("same"): .same
        default: .valid
        }
    }
}

import CommandLanguage
import Console
import Testing

struct ImageRenderingTests {
    private let grey = ImageGrid.Image(
        caption: "grey", height: 9, width: 9, channels: 1,
        bytes: (0..<81).map { UInt8($0 % 9 * 31) })

    private let flag = ImageGrid.Image(
        caption: "a caption that is long", height: 4, width: 4, channels: 3,
        bytes: (0..<16).flatMap { $0 < 8 ? [255, 0, 0] : [0, 0, 255] as [UInt8] })

    @Test func withoutColorsBrightnessIsACharacter() {
        #expect(
            Terminal(width: 40).render(ImageGrid([grey, flag])) == """
                 .:-=*#%@  ::::::::::::
                 .:-=*#%@  ::::::::::::
                 .:-=*#%@  ::::::::::::
                 .:-=*#%@  ............
                 .:-=*#%@  ............
                           ............
                grey       a caption t…

                """)
    }

    @Test func halfBlocksShowTwoPixelsEach() {
        let blocks = String(repeating: "\u{2580}", count: 12) + "\u{1B}[0m"
        let red = "\u{1B}[38;2;255;0;0;48;2;255;0;0m" + blocks
        let blue = "\u{1B}[38;2;0;0;255;48;2;0;0;255m" + blocks
        let lines = Terminal(width: 40, colors: .full).render(ImageGrid([flag])).split(separator: "\n")
        #expect(
            lines == [red, red, red, blue, blue, blue].map { $0[...] } + ["a caption t\u{2026}"])
    }

    @Test func of256ColorsTheNearestIsTaken() {
        let picture = Terminal(width: 40, colors: .indexed).render(ImageGrid([flag]))
        #expect(picture.contains("\u{1B}[38;5;196;48;5;196m") && picture.contains("\u{1B}[38;5;21;48;5;21m"))
    }

    @Test func imagesThatDoNotFitGoBelow() {
        let lines = Terminal(width: 20).render(ImageGrid([grey, flag])).split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.contains("grey") && lines.contains("a caption t\u{2026}"))
    }

    /// The classes of a mask are letters of their own, since two colours may be as bright as each other.
    @Test func withoutColorsSignsStandForColors() {
        var mask = ImageGrid.Image(
            caption: "mask", height: 4, width: 12, channels: 3, bytes: Array(repeating: 100, count: 144))
        mask.signs = (0..<48).map { "  111122222 ".map { $0 }[$0 % 12] }
        #expect(Terminal(width: 40).render(ImageGrid([mask])) == "  111122222\n  111122222\nmask\n")
        #expect(Terminal(width: 40, colors: .full).render(ImageGrid([mask])).contains("\u{2580}"))
    }

    @Test func anImageIsReducedALittleForOneMoreBesideIt() {
        let image = ImageGrid.Image(
            caption: "", height: 28, width: 28, channels: 1, bytes: Array(repeating: 255, count: 784))
        func widths(_ width: Int) -> [Int] {
            Terminal(width: width).render(ImageGrid([image, image, image])).split(separator: "\n").map(
                \.count)
        }
        #expect(widths(80) == Array(repeating: 3 * 25 + 4, count: 13))
        #expect(widths(60) == Array(repeating: 58, count: 14) + Array(repeating: 28, count: 14))
    }

    @Test(arguments: [8, 20, 40]) func wideImagesAreReduced(_ width: Int) {
        let wide = ImageGrid.Image(
            caption: "", height: 30, width: 100, channels: 1, bytes: Array(repeating: 255, count: 3000))
        let lines = Terminal(width: width).render(ImageGrid([wide])).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= width && $0.allSatisfy { $0 == "@" } } && !lines.isEmpty)
    }

    @Test func emptyImagesAreNothing() {
        #expect(Terminal().render(ImageGrid([])) == "")
        let none = ImageGrid.Image(caption: "none", height: 0, width: 0, channels: 1, bytes: [])
        #expect(Terminal().render(ImageGrid([none])) == "none\n")
    }
}

import CommandLanguage
import Console
import Foundation
import Testing

/// Images as pixels, decoded again.
struct PixelRenderingTests {
    private let flag = ImageGrid.Image(
        caption: "flag", height: 4, width: 4, channels: 3,
        bytes: (0..<16).flatMap { $0 < 8 ? [255, 0, 0] : [0, 0, 255] as [UInt8] })

    private let grey = ImageGrid.Image(
        caption: "grey", height: 2, width: 2, channels: 1, bytes: [0, 95, 255, 8])

    private func terminal(_ graphics: Graphics) -> Terminal {
        var terminal = Terminal(width: 40, colors: .full, isInteractive: true)
        terminal.graphics = graphics
        terminal.cell = (width: 10, height: 20)
        return terminal
    }

    /// 10 columns of 10 pixels and 5 rows of 20 for each of two, with two columns between them.
    private let size = (width: 220, height: 100)

    private func expectPicture(_ pixel: (_ x: Int, _ y: Int) -> [Int]?) {
        #expect(pixel(0, 0) == [255, 0, 0] && pixel(99, 49) == [255, 0, 0])
        #expect(pixel(0, 50) == [0, 0, 255] && pixel(99, 99) == [0, 0, 255])
        #expect(pixel(105, 50) == nil, "nothing between them")
        #expect(pixel(120, 0) == [0, 0, 0] && pixel(130, 60) == [255, 255, 255])
        // Grey levels are those of 256 colours: 95 is drawn as 98.
        #expect(pixel(210, 10).map { abs($0[0] - 95) < 6 } == true)
    }

    @Test func sixelsDecodeToTheImages() throws {
        let text = terminal(.sixel).render(ImageGrid([flag, grey]))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[1].trimmingCharacters(in: .whitespaces) == "flag        grey")
        let sixels = try SixelImage(String(lines[0]))
        #expect(sixels.size == [size.width, size.height])
        expectPicture { sixels.pixels[[$0, $1]] }
    }

    @Test func kittysPiecesAreTheImages() throws {
        let text = terminal(.kitty).render(ImageGrid([flag, grey]))
        let line = try #require(text.split(separator: "\n").first)
        let pieces = line.components(separatedBy: "\u{1B}\\").filter { !$0.isEmpty }
        #expect(pieces.allSatisfy { $0.hasPrefix("\u{1B}_G") && $0.utf8.count < 4200 })
        #expect(pieces[0].hasPrefix("\u{1B}_Ga=T,f=32,s=220,v=100,c=22,r=5,q=2,m=1;"))
        #expect(pieces.dropFirst().dropLast().allSatisfy { $0.hasPrefix("\u{1B}_Gm=1;") })
        #expect(pieces.last?.hasPrefix("\u{1B}_Gm=0;") == true)
        let payload = pieces.compactMap { $0.split(separator: ";").last }.joined()
        let bytes = Array(try #require(Data(base64Encoded: payload)))
        #expect(bytes.count == size.width * size.height * 4)
        expectPicture { x, y in
            let start = (y * size.width + x) * 4
            return bytes[start + 3] == 255 ? bytes[start..<start + 3].map(Int.init) : nil
        }
    }

    @Test(arguments: 1...4)
    func smallScreensAndImages(_ width: Int) {
        for graphics in Graphics.allCases {
            var terminal = terminal(graphics)
            terminal.width = width
            terminal.cell = (width: 1, height: 1)
            #expect(!terminal.render(ImageGrid([flag, grey])).isEmpty)
            let none = ImageGrid.Image(caption: "none", height: 0, width: 0, channels: 1, bytes: [])
            #expect(!terminal.render(ImageGrid([none])).isEmpty)
            #expect(terminal.render(ImageGrid([])).isEmpty)
        }
    }

    @Test(
        arguments: [
            (["TERM": "xterm-kitty"], Graphics.kitty),
            (["TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"], .kitty),
            (["TERM": "xterm-ghostty"], .kitty), (["TERM": "foot"], .sixel),
            (["TERM": "mlterm-256color"], .sixel),
            (["TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"], .sixel),
            (["TERM": "xterm-256color"], nil), (["TERM": "dumb"], Graphics.none), ([:], Graphics.none),
            (["TERM": "tmux-256color", "KITTY_WINDOW_ID": "1"], Graphics.none),
            (["TERM": "xterm-kitty", "NO_COLOR": "1"], Graphics.none),
            (["TERM": "xterm-kitty", "CAIRN_GRAPHICS": "none"], Graphics.none),
            (["TERM": "dumb", "CAIRN_GRAPHICS": "sixel"], .sixel),
            (["TERM": "foot", "CAIRN_GRAPHICS": "nonsense"], .sixel),
        ] as [([String: String], Graphics?)])
    func theEnvironmentTells(_ environment: [String: String], _ graphics: Graphics?) {
        #expect(Graphics.told(by: environment) == graphics)
    }
}

/// What a terminal makes of sixels.
private struct SixelImage {
    private(set) var size: [Int] = []
    /// Red, green and blue at x and y, of the pixels that are set.
    private(set) var pixels: [[Int]: [Int]] = [:]

    init(_ text: String) throws {
        let body = try #require(text.firstMatch(of: /\u{1B}P0;1;0q"1;1;(\d+);(\d+)(.*)\u{1B}\\/))
        size = [Int(body.1) ?? 0, Int(body.2) ?? 0]
        var colors: [Int: [Int]] = [:]
        var (x, y, color) = (0, 0, 0)
        var rest = Substring(body.3)
        while let character = rest.popFirst() {
            func number() -> Int {
                let digits = rest.prefix { $0.isNumber }
                rest = rest.dropFirst(digits.count)
                return Int(digits) ?? 0
            }
            switch character {
            case "#":
                color = number()
                if rest.first == ";" {
                    let parts = (0..<4).map { _ in
                        rest = rest.dropFirst()
                        return number()
                    }
                    colors[color] = parts.dropFirst().map { ($0 * 255 + 50) / 100 }
                }
            case "$": x = 0
            case "-": (x, y) = (0, y + 6)
            default:
                let count = character == "!" ? number() : 1
                let sixel = character == "!" ? rest.removeFirst() : character
                let bits = Int(try #require(sixel.asciiValue)) - 63
                for _ in 0..<count {
                    for row in 0..<6 where bits >> row & 1 == 1 { pixels[[x, y + row]] = colors[color] }
                    x += 1
                }
            }
        }
    }
}

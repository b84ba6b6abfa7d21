import CommandLanguage
import FoundationEssentials
import Publishing
import Testing

private let table = Table(
    title: "runs", columns: [.init("name"), .init("accuracy", .right)],
    rows: [
        ["plain", "0.9"], ["with, comma", "0.91"],
        ["a \"quote\" | bar", StyledText("0.91", value: .number(0.912345))],
        [.bars([0, 8]), "12 345 678"],
    ])

private let chart = Chart(
    title: "loss", xLabel: "epoch",
    series: [
        .init("train", [.init(1, 2.3), .init(2, 1.1), .init(3, .nan), .init(4, 0.6)]),
        .init("validation", [.init(1, 2.2), .init(2, 1.3), .init(3, 1.25), .init(4, 1.4)]),
    ])

private let images = ImageGrid([
    .init(caption: "grey", height: 2, width: 3, channels: 1, bytes: [0, 50, 100, 150, 200, 250]),
    .init(caption: "colour", height: 1, width: 1, channels: 3, bytes: [255, 0, 0]),
])

private func text(_ shown: [Displayable], as format: OutputFormat) throws -> String {
    String(decoding: try publish(shown, as: format), as: UTF8.self)
}

struct PublicationTests {
    @Test(arguments: [
        ("a.svg", OutputFormat.svg), ("/x.y/a.PNG", .png), ("a.b.csv", .csv), ("a.md", .markdown),
        ("a.txt", nil),
        ("svg", nil), ("/x.svg/a", nil), ("", nil),
    ])
    func theNameTellsTheFormat(path: String, format: OutputFormat?) {
        #expect(OutputFormat(path: path) == format)
    }

    @Test func tablesAsText() throws {
        #expect(
            try text([.table(table)], as: .csv)
                == "name,accuracy\r\nplain,0.9\r\n\"with, comma\",0.91\r\n\"a \"\"quote\"\" | bar\",0.912345\r\n \u{2588},12345678\r\n"
        )
        #expect(
            try text([.table(table)], as: .markdown) == """
                **runs**

                | name | accuracy |
                | --- | ---: |
                | plain | 0.9 |
                | with, comma | 0.91 |
                | a "quote" \\| bar | 0.91 |
                |  \u{2588} | 12 345 678 |

                """)
    }

    @Test func chartsAsNumbers() throws {
        let lines = try text([.chart(chart)], as: .csv).split(separator: "\r\n")
        #expect(
            lines.first == "series,epoch,loss" && lines.contains("validation,2.0,1.3") && lines.count == 9)
    }

    @Test func everythingAsJSON() throws {
        struct Series: Decodable, Equatable {
            let name: String
            let x: [Double?]
            let y: [Double?]
        }
        struct Image: Decodable { let pixels: [UInt8] }
        /// A text, a number, or a histogram's counts.
        enum Cell: Decodable, Equatable {
            case text(String)
            case number(Double)
            case counts([Int])

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let number = try? container.decode(Double.self) {
                    self = .number(number)
                } else if let counts = try? container.decode([Int].self) {
                    self = .counts(counts)
                } else {
                    self = .text(try container.decode(String.self))
                }
            }
        }
        struct Record: Decodable {
            let kind: String
            let rows: [[Cell]]?
            let series: [Series]?
            let images: [Image]?
            let text: String?
        }
        let shown: [Displayable] = [.table(table), .chart(chart), .image(images)]
        let records = try JSONDecoder().decode([Record].self, from: Data(try publish(shown, as: .json)))
        #expect(records.map(\.kind) == ["table", "chart", "images"])
        #expect(records[0].rows?.last?.first == .counts([0, 8]))
        #expect(
            records[0].rows?.map { $0[1] } == [
                .number(0.9), .number(0.91), .number(0.912345), .number(12_345_678),
            ])
        #expect(records[1].series?.first == Series(name: "train", x: [1, 2, 3, 4], y: [2.3, 1.1, nil, 0.6]))
        #expect(records[2].images?.map(\.pixels) == images.images.map(\.bytes))
        let alone = try JSONDecoder().decode(
            [Record].self, from: Data(try publish([.text("hello")], as: .json)))
        #expect(alone.map(\.text) == ["hello"])
    }

    /// Files with the right head, each of something else.
    @Test(arguments: [OutputFormat.svg, .png])
    func picturesAreDrawn(format: OutputFormat) throws {
        let empty = Chart(title: "", xLabel: "", series: [])
        let sheets: [[Displayable]] = [
            [.chart(empty)], [.chart(chart)], [.image(images)],
            [.chart(chart), .text("note"), .image(images)],
        ]
        let files = try sheets.map { try publish($0, as: format) }
        for file in files {
            switch format {
            case .png: #expect(Array(file.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
            default: #expect(String(decoding: file, as: UTF8.self).contains("</svg>"))
            }
        }
        #expect(Set(files).count == sheets.count)
    }

    @Test func whatHasNoFormIsRefused() {
        #expect(throws: PublishingError.nothing) { try publish([], as: .png) }
        #expect(
            throws: PublishingError.unfit(what: "a table", format: .png, fitting: [.csv, .json, .markdown])
        ) {
            try publish([.table(table)], as: .png)
        }
        #expect(throws: PublishingError.self) { try publish([.chart(chart)], as: .markdown) }
    }

    /// For whoever wants to see them: `CAIRN_SHOWN_PICTURES=folder scripts/test --filter Publication`.
    @Test(.enabled(if: ProcessInfo.processInfo.environment["CAIRN_SHOWN_PICTURES"] != nil))
    func picturesCanBeLookedAt() throws {
        let folder = try #require(ProcessInfo.processInfo.environment["CAIRN_SHOWN_PICTURES"])
        for format in [OutputFormat.svg, .png] {
            let file = Data(try publish([.chart(chart), .image(images)], as: format))
            try file.write(to: URL(filePath: "\(folder)/sheet.\(format.rawValue)"))
        }
    }
}

import CommandLanguage
import Publishing
import Testing

struct HeatMapPictureTests {
    private let map = HeatMap(
        title: "test", xLabel: "answer", yLabel: "class", columns: ["0", "1", "2"],
        rows: ["circle", "square"], values: [[8, 2, 0], [1, .nan, 5.5]])

    @Test func asAFile() throws {
        let csv = try publish([.heatMap(map)], as: .csv)
        #expect(
            String(decoding: csv, as: UTF8.self) == "class,0,1,2\r\ncircle,8,2,0\r\nsquare,1,,5.5\r\n")
        let svg = String(decoding: try publish([.heatMap(map)], as: .svg), as: UTF8.self)
        #expect(svg.contains("<svg") && svg.contains("rgb("))
        #expect(try publish([.heatMap(map)], as: .png).starts(with: [0x89, 0x50]))
    }
}

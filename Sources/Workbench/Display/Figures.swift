import CommandLanguage
import Foundation

// The same numbers as cells of tables, which keep them in full for programs.
extension StyledText {
    /// Nothing is shown for zero.
    static func groupedUnlessZero(_ count: Int, _ role: Role = .plain) -> StyledText {
        count == 0 ? zero : grouped(count, role)
    }

    /// An empty cell that stands for 0.
    static let zero = StyledText("", value: .number(0))

    static func grouped(_ count: Int, _ role: Role = .plain) -> StyledText {
        StyledText(Figures.grouped(count), role, value: .number(Double(count)))
    }

    static func decimal(_ number: Double, digits: Int = 3, _ role: Role = .plain) -> StyledText {
        StyledText(Figures.decimal(number, digits: digits), role, value: .number(number))
    }

    static func setting(_ number: Double) -> StyledText {
        StyledText(Figures.setting(number), value: .number(number))
    }

    static func brief(_ number: Double) -> StyledText {
        StyledText(Figures.brief(number), value: .number(number))
    }

    static func tight(_ number: Double) -> StyledText {
        StyledText(Figures.tight(number), value: .number(number))
    }

    static func bytes(_ count: Int) -> StyledText {
        StyledText(Figures.bytes(count), value: .number(Double(count)))
    }

    static func short(_ count: Int) -> StyledText {
        StyledText(Figures.short(count), value: .number(Double(count)))
    }

    static func percent(_ share: Double) -> StyledText {
        StyledText(Figures.percent(share), value: .number(share))
    }
}

/// Numbers as people read them.
enum Figures {
    /// `55 000`: groups of three, a space between.
    static func grouped(_ count: Int) -> String {
        let digits = String(count.magnitude)
        var groups: [Substring] = []
        var end = digits.endIndex
        while let start = digits.index(end, offsetBy: -3, limitedBy: digits.startIndex),
            start != digits.startIndex
        {
            groups.append(digits[start..<end])
            end = start
        }
        groups.append(digits[..<end])
        return (count < 0 ? "-" : "") + groups.reversed().joined(separator: " ")
    }

    /// `0.913`, `nan`, `inf`.
    static func decimal(_ number: Double, digits: Int = 3) -> String {
        number.isFinite
            ? String(format: abs(number) < 1e6 ? "%.\(digits)f" : "%.\(digits)e", number)
            : number.isNaN ? "nan" : number > 0 ? "inf" : "-inf"
    }

    /// `+0.012`, `-0.3`: a difference.
    static func signed(_ number: Double) -> String {
        let digits = decimal(number)
        return number > 0 && number.isFinite ? "+" + digits : digits
    }

    /// `0.001`, `1e-5`: a setting, with no more digits than it needs.
    static func setting(_ number: Double) -> String { number.sixDigits }

    /// `-0.012`, `1.2e-5`, `0`: two digits that count, for tables of numbers of any size.
    static func brief(_ number: Double) -> String {
        guard number != 0, number.isFinite else { return number == 0 ? "0" : decimal(number) }
        let size = abs(number)
        // What two digits round to 0.0010 is written so.
        if size >= 0.000_995, size < 1000 {
            return String(format: "%.*f", size < 0.01 ? 4 : size < 0.1 ? 3 : size < 10 ? 2 : 0, number)
        }
        let parts = String(format: "%.1e", number).split(separator: "e")
        return "\(parts[0])e\(Int(parts[1]) ?? 0)"
    }

    /// The same with one digit of small numbers, for tables that are wide enough: `-0.004`, `2e-8`.
    static func tight(_ number: Double) -> String {
        guard number != 0, abs(number) < 0.01 else { return brief(number) }
        guard abs(number) < 0.001 else { return String(format: "%.3f", number) }
        let parts = String(format: "%.0e", number).split(separator: "e")
        return "\(parts[0])e\(Int(parts[1]) ?? 0)"
    }

    /// `1.7 M`, `421 k`, `86`.
    static func short(_ count: Int) -> String {
        switch count {
        case 10_000_000...: String(format: "%.0f M", Double(count) / 1e6)
        case 1_000_000...: String(format: "%.1f M", Double(count) / 1e6)
        case 10_000...: String(format: "%.0f k", Double(count) / 1e3)
        case 1000...: String(format: "%.1f k", Double(count) / 1e3)
        default: String(count)
        }
    }

    /// `1.2 GB`, `45 MB`, `2 kB`, `86 B`: memory, in powers of 1000.
    static func bytes(_ count: Int) -> String {
        switch count {
        case 999_500_000...: String(format: "%.1f GB", Double(count) / 1e9)
        case 9_950_000...: String(format: "%.0f MB", Double(count) / 1e6)
        case 99_500...: String(format: "%.1f MB", Double(count) / 1e6)
        case 1000...: String(format: "%.0f kB", Double(count) / 1e3)
        case 1...: "\(count) B"
        default: "0"
        }
    }

    /// `93 %`, `0.4 %`: a share.
    static func percent(_ share: Double) -> String {
        let percent = share * 100
        return String(format: percent > 0 && percent < 10 ? "%.1f %%" : "%.0f %%", percent)
    }

    /// `2.317`, `0.001842`, `1.2e-05`: four digits that count.
    static func measured(_ number: Double) -> String {
        number.isFinite ? String(format: "%.4g", number) : decimal(number)
    }

    /// `45 s`, `3 min 20 s`, `2 h 10 min`.
    static func duration(_ seconds: Double) -> String {
        guard seconds.isFinite, seconds < 1e9 else { return "a long time" }
        let whole = Int(seconds.rounded())
        switch whole {
        case ..<60: return "\(whole) s"
        case ..<3600: return "\(whole / 60) min \(whole % 60) s"
        default: return "\(whole / 3600) h \(whole / 60 % 60) min"
        }
    }

    /// `3 images`, `1 image`.
    static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
        grouped(number) + " " + (number == 1 ? noun : plural ?? noun + "s")
    }
}

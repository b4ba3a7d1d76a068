import EventService
import TextUI

extension ExportTable {
    /// The most characters of one text.
    static let maximumTextLength = 100_000

    /// The contents of a file.
    ///
    /// Text goes through `DisplayText`, so that no control or format character gets out.
    public func bytes(as format: ExportFormat) -> [UInt8] {
        switch format {
        case .csv: Array(csv.utf8)
        case .json: json
        }
    }

    // MARK: - CSV

    private var csv: String {
        var text = Self.line(columns)
        for row in rows { text += Self.line(row.map(Self.field)) }
        return text
    }

    private static func line(_ fields: [String]) -> String {
        fields.joined(separator: ",") + "\r\n"
    }

    private static func field(_ value: Value) -> String {
        switch value {
        case .text(let text): quoted(guarded(safe(text)))
        case .number(let number): String(number)
        case .nothing: ""
        }
    }

    /// Text that a spreadsheet doesn't take for a formula (https://owasp.org/www-community/attacks/CSV_Injection).
    ///
    /// Here and in quotes it is Unicode scalars that count: for a `Character`, a comma with an accent is no comma.
    private static func guarded(_ text: String) -> String {
        guard let first = text.unicodeScalars.first(where: { !$0.properties.isWhitespace }),
            "=+-@＝＋－＠".unicodeScalars.contains(first)
        else { return text }
        return "'" + text
    }

    /// A field of text in quotes (RFC 4180), which it may always have.
    private static func quoted(_ field: String) -> String {
        var result = "\"".unicodeScalars
        for scalar in field.unicodeScalars {
            if scalar == "\"" { result.append(scalar) }
            result.append(scalar)
        }
        result.append("\"")
        return String(result)
    }

    // MARK: - JSON

    private var json: [UInt8] {
        var json = JSONWriter(reservingCapacity: 256 * (rows.count + 1))
        json.beginArray()
        for row in rows {
            json.beginObject()
            for (name, value) in zip(columns, row) { Self.write(name, value, to: &json) }
            json.endObject()
        }
        json.endArray()
        json.endLine()
        return json.bytes
    }

    private static func write(_ name: String, _ value: Value, to json: inout JSONWriter) {
        switch value {
        case .text(let text): json.write(name, safe(text))
        case .number(let number): json.write(name, number)
        case .nothing:
            json.write(name: name)
            json.write(literal: "null")
        }
    }

    private static func safe(_ text: String) -> String {
        DisplayText(text, maximumClusters: maximumTextLength).string
    }
}

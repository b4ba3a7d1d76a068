import Foundation
import NcursesTerminal

/// Where a user's own themes are: `$XDG_CONFIG_HOME/evenkeel/themes`, by default below `~/.config`.
struct ThemeFolder {
    let url: URL

    /// The largest file that is read.
    private static let maximumSize = 64 << 10

    init(url: URL) {
        self.url = url
    }

    init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        url = UserFolder.configuration.url(environment: environment).appendingPathComponent("themes")
    }

    /// The theme that a name or the path of a file means.
    /// - Throws: `Failure` where there is none, or where its file is wrong.
    func theme(_ name: String) throws(Failure) -> Theme {
        if name.contains("/") { return try read(URL(fileURLWithPath: name)) }
        if let theme = Theme.builtIn.first(where: { $0.name == name }) { return theme }
        let files = files.filter { Self.name(of: $0) == name || $0.lastPathComponent == name }
        guard let file = files.first else {
            let names = Theme.builtIn.map(\.name) + self.files.map(Self.name)
            throw .usage(
                "--theme is \"\(name)\": allowed are \(names.joined(separator: ", ")), or the path of a file"
            )
        }
        guard files.count == 1 else {
            let names = files.map(\.lastPathComponent).joined(separator: ", ")
            throw .usage("--theme is \"\(name)\": in \(url.path) that is more than one: \(names)")
        }
        return try read(file)
    }

    /// All themes there are, and what is wrong with the files of others.
    func all() -> (themes: [Theme], problems: [String]) {
        var themes = Theme.builtIn
        var problems: [String] = []
        for file in files {
            do {
                let theme = try read(file)
                if !themes.contains(where: { $0.name == theme.name }) { themes.append(theme) }
            } catch {
                problems.append(error.message)
            }
        }
        return (themes, problems)
    }

    private var files: [URL] {
        // A folder that isn't there has no files.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
        return names.filter { !$0.hasPrefix(".") && !$0.hasSuffix("~") }.sorted().map(url.appendingPathComponent)
    }

    private static func name(of file: URL) -> String {
        file.deletingPathExtension().lastPathComponent
    }

    private func read(_ file: URL) throws(Failure) -> Theme {
        let data: Data?
        do {
            data = try Data.contents(of: file, maximumSize: Self.maximumSize)
        } catch {
            throw .configuration("the theme \(file.path) can't be read: \(error.localizedDescription)")
        }
        guard let data, let text = String(data: data, encoding: .utf8) else {
            throw .configuration("the theme \(file.path) is no text of at most 64 KiB in UTF-8")
        }
        do {
            return try Theme(name: Self.name(of: file), parsing: text)
        } catch {
            throw .configuration("the theme \(file.path), \(error)")
        }
    }
}

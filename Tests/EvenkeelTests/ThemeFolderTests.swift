import Foundation
import NcursesTerminal
import Testing

@testable import evenkeel

/// Where themes come from.
@Suite
struct ThemeFolderTests {
    private func withFolder(_ files: [String: String], _ body: (ThemeFolder) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("evenkeel-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        for (name, text) in files {
            try Data(text.utf8).write(to: url.appendingPathComponent(name))
        }
        try body(ThemeFolder(url: url))
    }

    @Test("The folder follows the environment")
    func location() {
        #expect(ThemeFolder(environment: ["XDG_CONFIG_HOME": "/c"]).url.path == "/c/evenkeel/themes")
        #expect(
            ThemeFolder(environment: ["XDG_CONFIG_HOME": "c", "HOME": "/h"]).url.path == "/h/.config/evenkeel/themes"
        )
    }

    @Test("A theme is known by its name, its file's name and its path")
    func finds() throws {
        try withFolder(["mine.theme": "base = light"]) { folder in
            let mine = Theme(name: "mine", base: .light)
            for name in ["mine", "mine.theme", folder.url.path + "/mine.theme"] {
                let theme = try folder.theme(name)
                #expect(theme == mine)
            }
            let dark = try folder.theme("dark")
            #expect(dark == .dark)
        }
    }

    @Test("A file that is wrong, or isn't there, is a wrong configuration")
    func refuses() throws {
        try withFolder(["bad.theme": "\naccent = nope", "two.a": "", "two.b": ""]) { folder in
            let failure = #expect(throws: Failure.self) { try folder.theme("bad") }
            #expect(failure?.exitCode == 78)
            #expect(failure?.message.contains("bad.theme, line 2, role accent: “nope”") == true)
            for name in ["none", "two", "./none.theme"] {
                #expect(throws: Failure.self) { try folder.theme(name) }
            }
        }
    }

    @Test("What is no file is not waited for", .timeLimit(.minutes(1)))
    func pipe() throws {
        try withFolder(["mine.theme": ""]) { folder in
            #expect(mkfifo(folder.url.appendingPathComponent("a.theme").path, 0o600) == 0)
            let (themes, problems) = folder.all()
            #expect(themes.map(\.name).last == "mine")
            #expect(problems.count == 1 && problems[0].hasSuffix("a.theme can't be read: it is a pipe or a device"))
        }
    }

    @Test("A file that is wrong hides no other one")
    func lists() throws {
        try withFolder(["bad.theme": "x", "mine.theme": "", ".hidden": "x", "mine.theme~": "x"]) { folder in
            let (themes, problems) = folder.all()
            #expect(themes.map(\.name) == ["standard", "dark", "light", "mono", "mine"])
            #expect(problems.count == 1)
        }
    }
}

import ArgumentParser
import NcursesTerminal

/// The flags of the dashboard itself, wherever its service is.
struct ScreenOptions: ParsableArguments {
    @Flag(help: "Draw only ASCII characters.")
    var ascii = false

    @Flag(help: "Leave the mouse to the terminal until m is pressed.")
    var noMouse = false

    @Flag(help: "Ring the bell when a breaker opens or an error budget burns fast.")
    var bell = false

    @Flag(
        help: """
            Write a line for every change, and draw nothing: for screen readers and logs. --bell, --no-mouse, --read-only and \
            --theme change nothing then.
            """
    )
    var plain = false

    @Flag(help: "Refuse everything that changes something.")
    var readOnly = false

    @Option(
        help: ArgumentHelp(
            "The colours: \(Self.themeNames), one of yours in ~/.config/evenkeel/themes, or a file.",
            valueName: "name|file"
        )
    )
    var theme: String?

    /// The dashboard on the terminal, `nil` where lines are written instead.
    /// - Parameter isAttached: Whether the service is elsewhere.
    /// - Throws: `Failure` where it can't be shown, or, either way, for a theme that there isn't.
    func dashboard(isAttached: Bool = false) throws -> DashboardScreen? {
        guard plain else { return try DashboardScreen(self, isAttached: isAttached) }
        _ = try terminalOptions()
        return nil
    }

    /// What the terminal is used with.
    /// - Throws: `Failure` for a theme that there isn't.
    func terminalOptions() throws -> TerminalOptions {
        var options = TerminalOptions(isASCIIOnly: ascii)
        if let theme { options.theme = try ThemeFolder().theme(theme) }
        return options
    }

    private static var themeNames: String {
        Theme.builtIn.map(\.name).joined(separator: ", ")
    }
}

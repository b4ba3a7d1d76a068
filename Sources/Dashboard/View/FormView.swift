import EventService
import TextUI

/// The add-event form.
struct FormView {
    /// A row of the form.
    enum Line: Equatable {
        case field(AddEventForm.Field)
        /// What is wrong with the field above.
        case problem(DisplayText)
        /// A user who was found, by position.
        case match(Int)
        case text(DisplayText, Role)
        case keys
        case blank
    }

    let form: AddEventForm
    /// The breaker that a send has to pass.
    let breaker: BreakerStatus?
    /// The breaker of the route that is asked for the user before anything is sent.
    let userBreaker: BreakerStatus?
    /// Whether an event can be kept until the events API takes it.
    let hasOutbox: Bool

    static let width = 59
    static let labelWidth = 7

    private static let outboxOffer = "Ctrl-O keeps the event and has it added when that is possible."

    /// What sending comes to.
    var sendHint: DisplayText { form.failure == nil ? "send" : "send again" }

    /// What closing the form comes to.
    var closeHint: DisplayText { form.sending == nil ? "keep draft" : "leave it sending" }

    // MARK: - Rows

    /// The rows for a number of columns, leaving out blanks and then messages where there are fewer rows.
    func lines(columns: Int, rows: Int, context: ViewContext) -> [Line] {
        let messages = messages(columns: columns, context)
        var lines = fields(columns: columns) + [.blank] + messages
        if !messages.isEmpty { lines.append(.blank) }
        lines.append(.keys)
        while lines.count > rows, let blank = lines.lastIndex(of: .blank) { lines.remove(at: blank) }
        // The footer tells the keys as well.
        if lines.count > rows { lines.removeLast() }
        while lines.count > rows, let match = lines.lastIndex(where: \.isMatch) { lines.remove(at: match) }
        while lines.count > rows, let text = lines.lastIndex(where: \.isText) { lines.remove(at: text) }
        return Array(lines.prefix(max(0, rows)))
    }

    private func fields(columns: Int) -> [Line] {
        AddEventForm.Field.allCases.flatMap { field in
            var lines = [Line.field(field)]
            if let problem = form.errors[field] {
                let room = max(1, columns - Self.labelWidth)
                lines += DisplayText(problem).wrapped(to: room).prefix(2).map { .problem($0) }
            }
            if field == .user, form.focus == .user, form.sending == nil {
                lines += form.user.matches.indices.map { .match($0) }
            }
            return lines
        }
    }

    private func messages(columns: Int, _ context: ViewContext) -> [Line] {
        var lines: [Line] = []
        func add(_ text: String, _ role: Role) {
            lines += DisplayText(text).wrapped(to: max(1, columns)).prefix(4).map { .text($0, role) }
        }
        if let sending = form.sending { add("Sending “\(sending.name)”…", .accent) }
        if let failure = form.failure { add(failure.reason, .error) }
        let downs = downs(context)
        for (index, down) in downs.enumerated() {
            let isOffering = hasOutbox && form.sending == nil && index == downs.count - 1
            add(isOffering ? down + " " + Self.outboxOffer : down, .warning)
        }
        if downs.isEmpty, let retryAt = form.failure?.retryAt, retryAt > context.now {
            add("The events API asks to wait until \(context.time.moment(retryAt, now: context.now)).", .warning)
        }
        return lines
    }

    /// What keeps every send from the events API now.
    private func downs(_ context: ViewContext) -> [String] {
        [
            breaker.flatMap { down($0, $0.route.rawValue, context) },
            userBreaker.flatMap { down($0, "\($0.route.rawValue), which looks up the user first,", context) },
        ].compactMap { $0 }
    }

    private func down(_ breaker: BreakerStatus, _ name: String, _ context: ViewContext) -> String? {
        switch breaker.state {
        case .open:
            guard let left = breaker.timeLeft(at: context.now), left > .zero else { return wasDown(breaker, name) }
            return "\(name) is down: next try in \(DurationText.countdown(left))."
        case .halfOpen: return wasDown(breaker, name)
        case .forcedOpen: return "\(name) is forced open: nothing is sent."
        case .closed, .disabled: return nil
        }
    }

    private func wasDown(_ breaker: BreakerStatus, _ name: String) -> String {
        "\(name) was down: \(breaker.probesUnderWay > 0 ? "a probe is under way" : "the next send is the probe")."
    }
}

extension FormView.Line {
    fileprivate var isMatch: Bool {
        if case .match = self { true } else { false }
    }

    fileprivate var isText: Bool {
        if case .text = self { true } else { false }
    }
}

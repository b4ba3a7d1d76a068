public import EventService

/// A question that is asked before something that can't be taken back.
public enum Question: Equatable, Sendable {
    /// Whether to quit while an event is being sent.
    case quitWhileSending
    /// Whether to quit although that loses so many events.
    case quitLosing(Int)
    /// Whether to discard an event that is kept.
    case discard(id: String, name: String)
    /// Whether to do something far-reaching to a breaker.
    case change(UpstreamRoute, BreakerChange)

    /// Whether to write over a file; the other answer leads back to where its name was typed.
    case replace(Export, ExportPrompt)

    var title: String {
        switch self {
        case .quitWhileSending, .quitLosing: "Quit"
        case .discard: "Discard"
        case .change(let route, _): route.rawValue
        case .replace: "Export"
        }
    }

    var text: String {
        switch self {
        case .quitWhileSending: "An event is being sent. Quit without waiting for the answer?"
        case .quitLosing(1):
            "An event of the outbox is in memory only (--ephemeral) and not added yet: quitting loses it."
        case .quitLosing(let count):
            "\(count) events of the outbox are in memory only (--ephemeral) and not added yet: quitting loses them."
        case .discard(_, let name): "Discard “\(name)”? It will never be added."
        case .change(let route, let change): change.question(about: route)
        case .replace(let export, _): "“\(export.file)” is there already. Write over it?"
        }
    }

    /// The answer that changes nothing, and the other one.
    var answers: (no: String, yes: String) {
        switch self {
        case .quitWhileSending: ("No, wait", "Yes, quit")
        case .quitLosing(let count): ("No, stay", count == 1 ? "Yes, lose it" : "Yes, lose them")
        case .discard: ("No, keep it", "Yes, discard it")
        case .change(_, let change): ("No", change.consent)
        case .replace: ("No, keep it", "Yes, replace it")
        }
    }
}

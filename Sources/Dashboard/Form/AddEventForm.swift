import EventService
import Foundation
import TextUI

/// The add-event form and its draft, which outlives both the closing of the form and a failed send.
struct AddEventForm: Equatable, Sendable {
    enum Field: Int, CaseIterable, Sendable {
        case name
        case user
        case when

        var next: Field { Field(rawValue: rawValue + 1) ?? .name }
        var previous: Field { Field(rawValue: rawValue - 1) ?? .when }
    }

    var name = LineEditor(maximumLength: 512)
    var user = UserField()
    var when = LineEditor(maximumLength: 32)
    var focus = Field.name
    /// What is wrong with a field.
    var errors: [Field: String] = [:]
    /// Why the last send failed, unless a field was to blame.
    var failure: FormFailure?
    /// The draft that is being sent.
    private(set) var sending: EventDraft?
    /// The draft that was sent last without success: as long as nothing is changed, it is sent under the same identifier.
    private(set) var lastSent: EventDraft?

    var isEmpty: Bool { name.isEmpty && when.isEmpty }

    // MARK: - Editing

    /// Takes a key that edits the field with the focus.
    mutating func edit(_ key: Key, users: [User]) {
        change(users: users, isTyping: key.isTyping) { $0.handle(key) }
    }

    mutating func paste(_ text: String, users: [User]) {
        change(users: users, isTyping: true) { $0.insert(text) }
    }

    private mutating func change(users: [User], isTyping: Bool, _ edit: (inout LineEditor) -> Bool) {
        // What is under way stays what is shown.
        guard sending == nil else { return }
        let before = text(of: focus)
        switch focus {
        case .name: _ = edit(&name)
        case .user: user.edit(users: users, replacesChoice: isTyping, edit)
        case .when: _ = edit(&when)
        }
        guard text(of: focus) != before else { return }
        errors[focus] = nil
        failure = nil
    }

    private func text(of field: Field) -> [Character] {
        switch field {
        case .name: name.characters
        case .user: user.query.characters
        case .when: when.characters
        }
    }

    /// Gives a field the focus; a user that was found but not chosen is chosen on leaving.
    mutating func focus(on field: Field, users: [User]) {
        if focus == .user, field != .user { user.chooseHighlighted() }
        focus = field
        if field == .user { user.find(in: users) }
    }

    // MARK: - Sending

    /// Checks the fields.
    ///
    /// Errors are told at their fields, and the first wrong one gets the focus.
    /// - Returns: The event to send, with the identifier that it had when the same was sent before, else a new one.
    mutating func draft(timeZone: TimeZone, makeID: () -> String) -> EventDraft? {
        errors = [:]
        failure = nil
        user.chooseHighlighted()
        let name = name.text.trimmingSpaces
        if name.isEmpty { errors[.name] = "give the event a name" }
        if user.chosenID == nil { errors[.user] = user.query.isEmpty ? "choose a user" : "no user is found by that" }
        var startsAt: String?
        do {
            startsAt = try WhenText.rfc3339(when.text, timeZone: timeZone)
        } catch {
            errors[.when] = error.message
        }
        if let wrong = Field.allCases.first(where: { errors[$0] != nil }) {
            focus = wrong
            return nil
        }
        guard let userID = user.chosenID else { return nil }
        var draft = EventDraft(id: lastSent?.id ?? "", name: name, userID: userID, startsAt: startsAt)
        if draft != lastSent { draft.id = makeID() }
        return draft
    }

    mutating func begin(_ draft: EventDraft) {
        sending = draft
        lastSent = draft
    }

    /// Takes the answer to a send that failed; the draft stays.
    mutating func fail(_ failure: ServiceError, now: Date) {
        sending = nil
        for wrong in failure.fields {
            guard let field = Field(member: wrong.field) else { continue }
            errors[field] = wrong.message
        }
        if failure.kind == .unknownUser { errors[.user] = failure.message }
        if let wrong = Field.allCases.first(where: { errors[$0] != nil }) {
            focus = wrong
        } else {
            self.failure = FormFailure(failure, now: now)
        }
    }

    /// Empties the form after its event was added; the user stays for the next one.
    mutating func succeed() {
        let user = user
        self = AddEventForm()
        self.user = user
    }
}

extension AddEventForm.Field {
    /// The field that a member of the request body comes from.
    fileprivate init?(member: String) {
        switch member {
        case "name": self = .name
        case "userId": self = .user
        case "startsAt": self = .when
        default: return nil
        }
    }
}

extension Key {
    /// Whether the key writes or deletes, rather than moving the cursor.
    fileprivate var isTyping: Bool {
        switch self {
        case .character, .backspace, .delete, .control("k"), .control("u"), .control("w"), .control("y"), .control("d"):
            true
        case .control, .alt, .enter, .escape, .tab, .backTab, .insert, .up, .down, .left, .right, .home, .end, .pageUp,
            .pageDown, .function:
            false
        }
    }
}

import EventService
import Foundation

extension DashboardModel {
    mutating func openForm(now: Date) {
        guard isAllowedToChange(now: now) else { return }
        if form.sending == nil, form.isEmpty, let user = users.table.selected { form.user.choose(user) }
        form.user.find(in: users.content.value ?? [])
        popup = .form
    }

    mutating func perform(_ action: Action.FormAction, now: Date) -> [Effect] {
        let all = users.content.value ?? []
        switch action {
        case .send: return send(now: now)
        case .sendOrKeep:
            guard latestService?.outbox != nil else {
                tell("Nothing is kept here: there is no outbox.", now: now)
                return []
            }
            return send(whenDown: .queue, now: now)
        case .nextField: form.focus(on: form.focus.next, users: all)
        case .previousField: form.focus(on: form.focus.previous, users: all)
        case .nextChoice:
            guard form.focus == .user, form.user.moveHighlight(by: 1) else { return perform(.nextField, now: now) }
        case .previousChoice:
            guard form.focus == .user, form.user.moveHighlight(by: -1) else { return perform(.previousField, now: now) }
        case .keepDraft: closeForm(now: now)
        }
        return []
    }

    private mutating func closeForm(now: Date) {
        popup = nil
        if let sending = form.sending {
            tell(about: sending.name, "is still being sent.", now: now)
        } else if !form.isEmpty {
            tell("The draft is kept: a opens it again.", now: now)
        }
    }

    private mutating func send(
        whenDown: EventServiceConfiguration.WhenDown? = nil,
        now: Date
    ) -> [Effect] {
        guard form.sending == nil else { return [] }
        let source = settings.draftIDs
        var count = draftCount
        let draft = form.draft(timeZone: settings.timeZone) {
            defer { count += 1 }
            return source.make(now, count)
        }
        draftCount = count
        guard let draft else { return [] }
        form.begin(draft)
        return [.add(draft, whenDown: whenDown)]
    }

    mutating func finishAdd(_ draftID: String, _ outcome: AddOutcome, now: Date) -> [Effect] {
        guard let draft = form.sending, draft.id == draftID else { return [] }
        switch outcome {
        case .failed(let failure):
            form.fail(failure, now: now)
            if popup != .form {
                let message = "was not added: \(failure.message). a opens the draft."
                tell(about: draft.name, message, .problem, now: now)
            }
            return []
        case .kept:
            closeSentForm()
            tell(about: draft.name, "is kept, and added as soon as the events API takes it.", .success, now: now)
            return []
        case .added:
            closeSentForm()
            tell("Added “\(draft.name)”.", .success, now: now)
            return show(draft, now: now)
        }
    }

    private mutating func closeSentForm() {
        form.succeed()
        if popup == .form { popup = nil }
        if case .question(.quitWhileSending, _) = popup { popup = nil }
    }

    /// Goes to the user of an event that was added, and reads what has changed.
    private mutating func show(_ draft: EventDraft, now: Date) -> [Effect] {
        // A user whom the filter hides stays hidden: the filter is what the person asked for.
        _ = users.table.select(draft.userID)
        var effects = followSelectedUser(settlingFor: .zero, now: now)
        if events.userID == draft.userID {
            events.wanted = draft.id
            effects += reloadEvents()
        }
        return effects + reloadUsers()
    }
}

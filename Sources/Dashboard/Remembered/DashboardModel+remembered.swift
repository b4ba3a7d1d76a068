import EventService

extension DashboardModel {
    /// What is to be the same when the dashboard is opened again.
    ///
    /// The mouse, the bell and the theme are, only once somebody has changed them here: a flag is for one time.
    public var layoutToRemember: RememberedLayout {
        var layout = remembered
        layout.users = users.table.remembered
        layout.events = events.table.remembered
        layout.timelineSeconds = Int(timeline.span.inSeconds)
        if hasBraille || layout.braille != nil { layout.braille = hasBraille }
        if isMouseOn != startedWith.isMouseOn { layout.mouse = isMouseOn }
        if isBellOn != startedWith.isBellOn { layout.bell = isBellOn }
        if theme != startedWith.theme { layout.theme = theme }
        return layout
    }

    /// Takes over what was remembered, as far as there still is such a thing.
    mutating func restore(_ layout: RememberedLayout) {
        users.table.restore(layout.users)
        events.table.restore(layout.events)
        hasBraille = layout.braille ?? false
        if let seconds = layout.timelineSeconds { timeline.restore(span: .seconds(seconds)) }
    }
}

extension TableState where Row.Order: RawRepresentable<String> {
    var remembered: RememberedLayout.Order { .init(by: order.rawValue, isReversed: isReversed) }

    mutating func restore(_ remembered: RememberedLayout.Order?) {
        guard let remembered, let order = Row.Order(rawValue: remembered.by) else { return }
        if order != self.order { sort(by: order) }
        if isReversed != remembered.isReversed { reverse() }
    }
}

import Foundation

/// The small data set that every simulator starts with, the same every time.
enum SeedData {
    /// Names with their number of events; ids are "1", "2" and so on.
    private static let people: [(name: String, username: String, events: Int)] = [
        ("Ada Lovelace", "ada", 12),
        ("Grace Hopper", "grace", 50),
        ("Alan Turing", "alan", 5),
        ("Katherine Johnson", "katherine", 8),
        ("Edsger Dijkstra", "edsger", 3),
        ("Barbara Liskov", "barbara", 7),
        ("Donald Knuth", "donald", 4),
        ("Radia Perlman", "radia", 6),
        ("Tony Hoare", "tony", 0),
        ("Hedy Lamarr", "hedy", 2),
        ("Dennis Ritchie", "dennis", 1),
        ("Mary Jackson", "mary", 0),
    ]

    private static let occasions: [(name: String, description: String)] = [
        ("Team breakfast", "Coffee, rolls and the plan for the week."),
        ("Architecture review", "Walk through the failure modes of the new gateway."),
        ("Customer interview", "Forty-five minutes, two questions, no slides."),
        ("Release rehearsal", "Dry run with the roll-back at the end."),
        ("Reading circle", "This month: \"Normal Accidents\", chapters 1 to 3."),
        ("Incident review", "What happened, what helped, what we change."),
        ("Summer party", "Bring something to share."),
        ("Board meeting", "Figures of the quarter and the plan for the next."),
        ("Introductory course", "First day for everyone who started this month."),
        ("Photo walk", "Meet at the fountain; any camera will do."),
        ("Choir rehearsal", "Second half of the winter programme."),
        ("Chess evening", "Seven rounds, ten minutes each."),
        ("Open day", "Guided tours every half hour."),
        ("Hackathon", "Two days, teams of four, demos on the last afternoon."),
        ("Retirement party", "Speeches at six, music at seven."),
        ("Budget planning", "Bring last year's figures."),
        ("Fire drill", "Leave by the nearest stairs and meet in the yard."),
    ]

    private static let places = [
        "Hamburg, Elbe room", "Berlin, roof terrace", "Online", "Zürich, Limmat hall", "Wien, Café Central",
        "London, Room 4.12", "Kraków, Main Square", "Online", "Lisboa, Cais hall", "Oslo, harbour office",
        "Room 101",
    ]

    /// A store with the data set.
    static func makeStore() -> SimulatorStore {
        var store = SimulatorStore()
        do {
            try fill(&store)
        } catch {
            preconditionFailure("The seed data breaks a rule of the stores: \(error)")
        }
        return store
    }

    private static func fill(_ store: inout SimulatorStore) throws(StoreError) {
        for (index, person) in people.enumerated() {
            let email = "\(person.username)@evenkeel.example"
            let id = String(index + 1)
            try store.add(SimulatedUser(id: id, name: person.name, username: person.username, email: email))
            for _ in 0..<person.events {
                try store.add(event(number: store.events.all.count, userID: id))
            }
        }
    }

    private static func event(number: Int, userID: String) -> SimulatedEvent {
        let occasion = occasions[number % occasions.count]
        return SimulatedEvent(
            id: uuid(number: number),
            name: occasion.name,
            userID: userID,
            others: [
                "startsAt": .string(startsAt(number: number)),
                "location": .string(places[number % places.count]),
                "description": .string(occasion.description),
            ]
        )
    }

    /// A version 4 UUID that follows from the number alone.
    private static func uuid(number: Int) -> String {
        var generator = SeededGenerator(seed: UInt64(number))
        let (high, low) = (generator.next(), generator.next())
        let versioned = high & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let variant = low & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        let digits = String(format: "%016lx%016lx", versioned, variant)
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
            .map { digits.dropFirst($0.lowerBound).prefix($0.count) }
            .joined(separator: "-")
    }

    /// A quarter of an hour on a day in the two years from 1 January 2027, in RFC 3339.
    private static func startsAt(number: Int) -> String {
        let firstDay = 1_798_761_600.0
        let day = Double(number * 53 % 730)
        let quarter = Double(number * 7 % 40)
        let date = Date(timeIntervalSince1970: firstDay + day * 86_400 + 8 * 3600 + quarter * 900)
        return date.formatted(.iso8601)
    }
}

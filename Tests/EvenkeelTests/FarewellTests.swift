import EventService
import Testing

@testable import evenkeel

/// What somebody who leaves is told of the outbox.
@Suite
struct FarewellTests {
    @Test("Nothing where nothing is kept")
    func nothing() {
        #expect(OutboxStatus(delivered: 3).farewell(isEphemeral: false) == nil)
        #expect(OutboxStatus(delivered: 3).farewell(isEphemeral: true) == nil)
    }

    @Test("How many are kept, and what for")
    func kept() {
        #expect(
            OutboxStatus(delivering: 1).farewell(isEphemeral: false)
                == "1 event is kept in the outbox and added when evenkeel runs again."
        )
        #expect(
            OutboxStatus(waiting: 2, delivering: 1, refused: 2).farewell(isEphemeral: false)
                == "3 events are kept in the outbox and added when evenkeel runs again. "
                + "2 events were refused and kept until somebody decides: o in the dashboard."
        )
    }

    @Test("How many are lost")
    func lost() {
        #expect(
            OutboxStatus(waiting: 1, refused: 1).farewell(isEphemeral: true)
                == "2 events were not added and lost: --ephemeral keeps the outbox in memory only."
        )
    }
}

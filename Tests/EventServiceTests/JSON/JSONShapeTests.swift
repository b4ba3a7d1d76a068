import NIOCore
import Testing

@testable import EventService

@Suite("JSON shape")
struct JSONShapeTests {
    @Test(
        "takes a user with any further members, in any order, escaped or not",
        arguments: [
            #"{"id":"1","name":"Ada","events":[]}"#,
            #"{"events":["a","b"],"name":"","id":"1","email":null,"extra":{"id":1,"name":[]}}"#,
            #"{"\u0069d":"1","n\u0061me":"Ada","\u0065\u0076ents":[]}"#,
        ]
    )
    func user(text: String) throws {
        try JSONShape.user.check(ByteBuffer(string: text))
    }

    @Test(
        "names the place and what was expected there",
        arguments: [
            (JSONShape.user, "[]", "the body should be an object, but is an array", 0),
            (.user, "null", "the body should be an object, but is null", 0),
            (.user, #"{"id":"1","name":"Ada"}"#, #"the body has no member "events""#, 23),
            (.user, "{}", #"the body has no member "id""#, 2),
            (.user, #"{"id":1}"#, #""id" of the body should be a string, but is a number"#, 6),
            (
                .user, #"{"events":["a",true]}"#,
                #"element 1 of "events" of the body should be a string, but is a boolean"#, 15
            ),
            (
                .array(of: .user), #"[{"id":"1","name":"Ada","events":[]},{"id":"2","name":{}}]"#,
                #""name" of element 1 of the body should be a string, but is an object"#, 54
            ),
            (.array(of: .event), #"{"success":false}"#, "the body should be an array, but is an object", 0),
            (.array(of: .event), "[7]", "element 0 of the body should be an object, but is a number", 1),
            (
                .event, #"{"id":"e","name":"n","userId":null}"#,
                #""userId" of the body should be a string, but is null"#, 30
            ),
            (.event, #"{"id":"e","name":"n","userID":"1"}"#, #"the body has no member "userId""#, 34),
            (.object([]), #""text""#, "the body should be an object, but is a string", 0),
            (.array(of: .string), #"["a" "b"]"#, "a comma or ] should follow the element", 5),
            (.any, "", "the text ends where a value should be", 0),
            (.any, "<html>", "no value starts like this", 0),
        ] as [(JSONShape, String, String, Int)]
    )
    func message(shape: JSONShape, text: String, message: String, offset: Int) {
        #expect(throws: JSONError(message, at: offset)) { try shape.check(ByteBuffer(string: text)) }
    }

    @Test("checks every one of two members of the same name, since a reader may take either")
    func repeatedMember() {
        #expect(throws: JSONError.self) {
            try JSONShape.event.check(ByteBuffer(string: #"{"id":"e","name":"n","userId":"1","userId":1}"#))
        }
    }

    @Test("refuses what follows the value")
    func trailing() {
        #expect(throws: JSONError("something follows the value", at: 3)) {
            try JSONShape.any.check(ByteBuffer(string: "{} x"))
        }
    }

    @Test("checks what it has no interest in too")
    func broken() {
        #expect(throws: JSONError.self) { try JSONShape.object([]).check(ByteBuffer(string: #"{"a":[01]}"#)) }
    }
}

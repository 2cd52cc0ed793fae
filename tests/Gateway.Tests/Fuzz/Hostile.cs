using CsCheck;

namespace Gateway.Tests.Fuzz;

/// <summary>Texts that have broken mail programs, file systems and parsers.</summary>
internal static class Hostile
{
    /// <summary>Stands in every text with CR, LF or NUL: none of those may reach a mail server. Other controls travel encoded.</summary>
    public const string Canary = "zq7canary";

    private static readonly string[] Known =
    [
        $"{Canary}\r\nA1 LOGOUT", $"{Canary}\r\n.\r\nMAIL FROM:<a@b>", $"{Canary}\n", $"\r{Canary}", $"a\0{Canary}", "a\u0085b", "\u001b[2J", "\u007f",
        "", " ", "*", "%", "INBOX/%*", "\"", "\\", "\\\"", "{5}", "{5+}", "(", ")", "]", "&AOk-", "&", "&-&", "INBOX", "inbox", "~", "#news.", "..", "../../etc/passwd", "..\\..\\x",
        "CON", "NUL.txt", "a/b/c", "a.b", "/", "//", ".", new('x', 10_240), new('é', 2_000), "\u202Eabc", "\u200B", "\u2028", "\uFEFF", "日本語", "🙂", "e\u0301",
        "' OR 1=1 --", "<script>alert(1)</script>", "${jndi:ldap://x}", "%s%n", "-1", "0", "1", "4294967296", "99999999999999999999", "1e309", "NaN", "0x10", "true", "null", "[]", "{}",
        "2026-02-30", "2026-01-31", "9999-12-31", "0001-01-01", "2026-01-31T00:00:00Z", "=?utf-8?q?=0D=0A?=", "=?utf-8?b?!!?=", "a@b", "ann@example.test", "a@b@c", "\"a b\"@c.test", "@", "a@[127.0.0.1]",
        "text/plain", "application/x; a=\"b", "AAAA", "====", "AAA", "!!!!", "me", "bytes=0-", "bytes=9-1", "from:", "is:green", "has:attachment", "\"unended", "-", "((((", "a OR b",
    ];

    /// <summary>A hostile text, or one made of odd characters.</summary>
    public static Gen<string> Text { get; } = Gen.Frequency(
        (8, Gen.OneOfConst(Known)), (1, Gen.Char[' ', '~'].Array[0, 20].Select(letters => new string(letters))), (1, Gen.Char['\u00A0', '\uD7FF'].Array[0, 12].Select(letters => new string(letters))));
}

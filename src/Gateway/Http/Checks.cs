namespace Gateway.Http;

/// <summary>Collects every fault of a request, so that a caller mends them all at once.</summary>
internal sealed class Checks
{
    private readonly List<FieldFault> _faults = [];

    public bool Passed => _faults.Count == 0;

    public IReadOnlyList<FieldFault> Faults => _faults;

    public void Fail(string pointer, string detail) => _faults.Add(new(pointer, null, detail));

    /// <summary>No CR, LF or NUL, which could end a header or a command (RFC 5322 section 2.2), and not too long.</summary>
    public void Line(string pointer, string? value, int maxLength)
    {
        if (value is null) { return; }

        if (value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0) { Fail(pointer, "must not hold CR, LF or NUL"); }
        else if (value.Length > maxLength) { Fail(pointer, $"must be at most {maxLength} characters"); }
    }

    public void Required(string pointer, string? value)
    {
        if (string.IsNullOrWhiteSpace(value)) { Fail(pointer, "is required"); }
    }
}

namespace Gateway.Http;

/// <summary>One kind of problem: its stable code has a section of that name in openapi/problems.md.</summary>
internal sealed record ProblemKind(string Code, int Status, string Title)
{
    /// <summary>Where the <c>type</c> of a problem leads, the code behind it.</summary>
    public const string TypePrefix = "https://github.com/gateway-mail/gateway/blob/main/openapi/problems.md#";
}

using Gateway.Mail;

namespace Gateway.Storage;

/// <summary>What a POST with an idempotency key was answered.</summary>
internal sealed class IdempotentAnswerRecord
{
    /// <summary>Hash of caller, account and key.</summary>
    public required byte[] Id { get; init; }

    /// <summary>The account it was done to, or that it made: forgotten with it.</summary>
    public AccountId? Account { get; init; }

    /// <summary>Hash of method, address and body.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>Bytes of the body.</summary>
    public required long BodyLength { get; init; }

    /// <summary>Status, headers and body; answers may tell secrets.</summary>
    public required byte[] SealedAnswer { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

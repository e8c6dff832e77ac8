namespace Akimbo.Tensors.Serialization;

/// <summary>What a file is by its first bytes.</summary>
internal enum FileKind
{
    Unknown,
    Safetensors,
    Zip,
    Pickle,
    Tar,
}

/// <summary>Tells the kinds of files apart.</summary>
internal static class FileKinds
{
    private const int TarMagicOffset = 257;
    private const byte PickleProtocol = 0x80;

    /// <summary>As many of a file's first bytes as are looked at.</summary>
    public const int BytesThatTell = 512;

    public static FileKind Of(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith("PK\u0005\u0006"u8) ? FileKind.Zip
        : bytes.Length > TarMagicOffset && bytes[TarMagicOffset..].StartsWith("ustar"u8) ? FileKind.Tar
        : bytes.Length > sizeof(ulong) && bytes[sizeof(ulong)] == (byte)'{' ? FileKind.Safetensors
        : bytes.Length > 1 && bytes[0] == PickleProtocol && bytes[1] <= 5 ? FileKind.Pickle
        : FileKind.Unknown;

    /// <summary>The first bytes as a message shows them: "begins with ...".</summary>
    public static string Beginning(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return "is empty";
        var first = bytes[..Math.Min(bytes.Length, 16)];
        string text = string.Concat(first.ToArray().Select(value => value is >= 0x20 and < 0x7f ? (char)value : '.'));
        return $"begins with the bytes {Convert.ToHexStringLower(first)} ('{text}')";
    }
}

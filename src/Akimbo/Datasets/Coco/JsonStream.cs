using System.Text.Json;

namespace Akimbo.Datasets.Coco;

/// <summary>
/// Reads the tokens of a JSON text of any length from a stream. Memory does not grow with the text: the buffer holds the
/// token at hand, and a longer token than <see cref="MaxToken"/> is an error.
/// </summary>
internal ref struct JsonStream
{
    /// <summary>The longest token that is read, in bytes.</summary>
    public const int MaxToken = 16 << 20;

    private const int InitialBuffer = 1 << 16;

    private readonly Stream _stream;
    private readonly string _name;
    private byte[] _buffer = new byte[InitialBuffer];
    private int _length;
    private bool _isLast;
    private Utf8JsonReader _json;

    /// <summary>Starts before the first token; a byte order mark is skipped.</summary>
    /// <param name="stream">UTF-8 text; stays the caller's.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="allowMultipleValues">Whether several values may follow each other, as in JSON lines.</param>
    public JsonStream(Stream stream, string name, bool allowMultipleValues = false)
    {
        _stream = stream;
        _name = name;
        _length = stream.ReadAtLeast(_buffer, 3, throwOnEndOfStream: false);
        if (_buffer.AsSpan(0, _length).StartsWith("\uFEFF"u8)) _buffer.AsSpan(3, _length -= 3).CopyTo(_buffer);
        _json = new Utf8JsonReader(_buffer.AsSpan(0, _length), isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { AllowMultipleValues = allowMultipleValues }));
    }

    /// <summary>What errors say they are in, such as <c>annotation</c>; null for the file as a whole.</summary>
    public string? Part { get; set; }

    /// <summary>Which of these parts it is, counted from 1.</summary>
    public int Entry { get; set; }

    /// <summary>The kind of the token at hand.</summary>
    public readonly JsonTokenType TokenType => _json.TokenType;

    /// <summary>Whether the token at hand, a property name, is this one.</summary>
    public bool NameIs(ReadOnlySpan<byte> name) => _json.ValueTextEquals(name);

    /// <summary>Goes to the next token; false at the end of the text.</summary>
    /// <exception cref="CocoFormatException">The text is no JSON, is cut short, or has an overlong token.</exception>
    public bool Read()
    {
        try
        {
            while (!_json.Read())
            {
                if (_isLast) return false;
                Refill();
            }

            return true;
        }
        catch (JsonException exception)
        {
            throw new CocoFormatException(_name, $"{(Part is null ? "" : $"{Part} {Entry}: ")}{Explain(exception)}", exception);
        }
    }

    /// <summary>Goes to the next token, which must open an object or an array.</summary>
    public void ReadStart(JsonTokenType expected, string what)
    {
        Read();
        if (TokenType != expected) throw Error($"{what} is JSON {TokenType}; expected {expected}");
    }

    /// <summary>Goes past the value at hand, or the value of the property name at hand, to its last token.</summary>
    public void Skip()
    {
        if (TokenType == JsonTokenType.PropertyName) Read();
        if (TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) return;
        int depth = _json.CurrentDepth;
        do Read();
        while (_json.CurrentDepth > depth);
    }

    /// <summary>Reads the next token as a finite number.</summary>
    public double ReadNumber(string what)
    {
        Read();
        return NumberAtHand(what);
    }

    /// <summary>Reads the next token as a whole number of 64 bits.</summary>
    public long ReadWhole(string what)
    {
        Read();
        return TokenType == JsonTokenType.Number && _json.TryGetInt64(out long value) ? value : throw Error($"{what} is no whole number of 64 bits");
    }

    /// <summary>Reads the next token as a string; null where it is something else, which is skipped.</summary>
    public string? ReadString(string what)
    {
        Read();
        if (TokenType == JsonTokenType.String) return StringAtHand(what);
        Skip();
        return null;
    }

    /// <summary>The string at hand.</summary>
    public readonly string StringAtHand(string what)
    {
        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Error($"{what} is not valid UTF-8");
        }
    }

    /// <summary>The number at hand, which must be one, and finite.</summary>
    public readonly double NumberAtHand(string what) =>
        TokenType == JsonTokenType.Number && _json.TryGetDouble(out double value) && double.IsFinite(value)
            ? value
            : throw Error($"{what} has {(TokenType == JsonTokenType.Number ? "a number too large for 64 bits" : $"JSON {TokenType}")} where a number is expected");

    /// <summary>Reads the next token and those after it as an array of numbers, in place of those in the list.</summary>
    /// <param name="numbers">What comes.</param>
    /// <param name="max">The most numbers that are taken.</param>
    /// <param name="what">The property, for errors.</param>
    public void ReadNumbers(List<double> numbers, int max, string what)
    {
        ReadStart(JsonTokenType.StartArray, what);
        ReadRestOfNumbers(numbers, max, what);
    }

    /// <summary>The same after the opening bracket.</summary>
    public void ReadRestOfNumbers(List<double> numbers, int max, string what)
    {
        numbers.Clear();
        while (Read() && TokenType != JsonTokenType.EndArray)
        {
            if (numbers.Count == max) throw Error($"{what} has more than {max} numbers");
            numbers.Add(NumberAtHand(what));
        }
    }

    /// <summary>An error that names the file and the part at hand.</summary>
    public readonly CocoFormatException Error(string problem) =>
        new(_name, $"{(Part is null ? "" : $"{Part} {Entry}: ")}{problem}.");

    private void Refill()
    {
        int consumed = (int)_json.BytesConsumed;
        _buffer.AsSpan(consumed, _length - consumed).CopyTo(_buffer);
        _length -= consumed;
        if (_length == _buffer.Length)
        {
            if (_length >= MaxToken) throw Error($"a string or number is longer than {MaxToken >> 20} MiB");
            Array.Resize(ref _buffer, _length * 2);
        }

        int read = _stream.Read(_buffer, _length, _buffer.Length - _length);
        _isLast = read == 0;
        _length += read;
        _json = new Utf8JsonReader(_buffer.AsSpan(0, _length), _isLast, _json.CurrentState);
    }

    // Python writes NaN and Infinity where JSON has no such numbers.
    private readonly string Explain(JsonException exception)
    {
        var rest = _buffer.AsSpan((int)_json.BytesConsumed, _length - (int)_json.BytesConsumed).TrimStart(" \t\r\n,:[-"u8);
        bool isPython = rest.StartsWith("NaN"u8) || rest.StartsWith("Infinity"u8);
        return $"{(isPython ? "NaN or Infinity where a number is expected" : "no complete JSON text")}. {exception.Message}";
    }
}

using System.Text.Json;
using Akimbo.Geometry;

namespace Akimbo.Results;

/// <summary>Reads the entries of <see cref="CocoDetections"/>, one after the other, trusting none of them.</summary>
internal ref struct CocoDetectionsReader(ReadOnlySpan<byte> json, string name)
{
    private const int PersonCategory = 1;
    private const double LargestCoordinate = 1e9; // Far beyond any picture, and far from where crops overflow.

    private readonly List<CocoDetection> _people = [];
    private Utf8JsonReader _json = new(WithoutMark(json), new JsonReaderOptions { AllowMultipleValues = true });
    private int _entry;

    public IReadOnlyList<CocoDetection> Read()
    {
        try
        {
            while (_json.Read())
            {
                if (_json.TokenType == JsonTokenType.StartArray) ReadArray();
                else ReadEntry();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new DetectionsFormatException(name, $"This is no JSON of detections: {exception.Message}", exception);
        }

        return _people;
    }

    private void ReadArray()
    {
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray) ReadEntry();
    }

    private void ReadEntry()
    {
        _entry++;
        if (_json.TokenType != JsonTokenType.StartObject)
            throw Error($"is JSON {_json.TokenType}; expected an object of image_id or file_name, bbox and score");

        long? imageId = null;
        string? fileName = null;
        Box? box = null;
        double score = 1, category = PersonCategory;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.ValueTextEquals("image_id"u8)) imageId = ReadImageId();
            else if (_json.ValueTextEquals("file_name"u8)) fileName = ReadFileName();
            else if (_json.ValueTextEquals("bbox"u8)) box = ReadBox();
            else if (_json.ValueTextEquals("score"u8)) score = ReadNumber("score");
            else if (_json.ValueTextEquals("category_id"u8)) category = ReadNumber("category_id");
            else _json.Skip();
        }

        if (imageId is null && fileName is null) throw Error("has neither image_id nor file_name");
        if (box is not { } found) throw Error("has no bbox");
        if (category == PersonCategory && found.Area > 0)
            _people.Add(new CocoDetection(imageId, fileName, new PersonBox(found, (float)score)));
    }

    private long ReadImageId()
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out long id) ? id : throw Error("has an image_id that is no whole number");
    }

    private string? ReadFileName()
    {
        _json.Read();
        return _json.TokenType is JsonTokenType.String or JsonTokenType.Null
            ? Path.GetFileName(_json.GetString())
            : throw Error($"has a file_name that is JSON {_json.TokenType}; expected a string");
    }

    private Box ReadBox()
    {
        _json.Read();
        if (_json.TokenType != JsonTokenType.StartArray) throw Error($"has a bbox that is JSON {_json.TokenType}; expected [x, y, width, height]");
        double x = ReadNumber("bbox"), y = ReadNumber("bbox"), width = ReadNumber("bbox"), height = ReadNumber("bbox");
        _json.Read();
        if (_json.TokenType != JsonTokenType.EndArray) throw Error("has a bbox of more than four values; expected [x, y, width, height]");
        if (width < 0 || height < 0) throw Error(FormattableString.Invariant($"has a bbox of {width} × {height} pixels; sizes are not negative"));
        return new Box(x, y, width, height);
    }

    private double ReadNumber(string property)
    {
        _json.Read();
        return _json.TokenType == JsonTokenType.Number && _json.TryGetDouble(out double value) && Math.Abs(value) <= LargestCoordinate
            ? value
            : throw Error($"has a {property} with {Describe()} where a number from −1e9 to 1e9 is expected");
    }

    private readonly string Describe() => _json.TokenType switch
    {
        JsonTokenType.EndArray => "its end",
        JsonTokenType.Number => "a larger number",
        var type => $"JSON {type}",
    };

    private readonly DetectionsFormatException Error(string problem) => new(name, $"Detection {_entry} {problem}.");

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith("\uFEFF"u8) ? json[3..] : json;
}

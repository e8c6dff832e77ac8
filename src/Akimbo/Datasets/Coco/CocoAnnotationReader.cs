using System.Text.Json;
using Akimbo.Geometry;

namespace Akimbo.Datasets.Coco;

/// <summary>
/// Reads a COCO annotation file (https://cocodataset.org/#format-data) as a stream, trusting nothing in it: images,
/// annotations and categories are handed over one by one in the file's order, and nothing is kept. COCO, COCO-WholeBody
/// and CrowdPose files are read alike; everyone who reads such a file reads it through this.
/// </summary>
internal ref struct CocoAnnotationReader
{
    /// <summary>The most keypoints a person may have.</summary>
    public const int MaxKeypoints = 1000;

    private readonly List<double> _numbers = [];
    private JsonStream _json;

    private CocoAnnotationReader(Stream stream, string name) => _json = new JsonStream(stream, name);

    private Action<CocoImage>? OnImage { get; init; }

    private Action<CocoAnnotation>? OnAnnotation { get; init; }

    private Action<CocoCategory>? OnCategory { get; init; }

    private bool WithSegmentations { get; init; }

    /// <summary>Reads a whole file; what has no receiver is skipped.</summary>
    /// <param name="stream">UTF-8 text; stays the caller's.</param>
    /// <param name="name">What error messages call it.</param>
    /// <param name="onImage">Receives every entry of <c>images</c>.</param>
    /// <param name="onAnnotation">Receives every entry of <c>annotations</c>.</param>
    /// <param name="onCategory">Receives every entry of <c>categories</c>, which COCO's files have last.</param>
    /// <param name="withSegmentations">Whether annotations come with their masks.</param>
    /// <exception cref="CocoFormatException">
    /// The text is no JSON object with <c>images</c> and <c>annotations</c>, or an entry has a property that cannot be;
    /// the message names the entry.
    /// </exception>
    /// <exception cref="IOException">The stream cannot be read.</exception>
    public static void Read(
        Stream stream, string name, Action<CocoImage>? onImage, Action<CocoAnnotation>? onAnnotation,
        Action<CocoCategory>? onCategory = null, bool withSegmentations = false)
    {
        var reader = new CocoAnnotationReader(stream, name)
        {
            OnImage = onImage,
            OnAnnotation = onAnnotation,
            OnCategory = onCategory,
            WithSegmentations = withSegmentations,
        };
        reader.ReadFile();
    }

    private void ReadFile()
    {
        _json.ReadStart(JsonTokenType.StartObject, "a COCO annotation file");
        bool hasImages = false, hasAnnotations = false;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.NameIs("images"u8))
            {
                hasImages = true;
                if (OnImage is null) _json.Skip();
                else for (StartList("image"); NextEntry();) OnImage(ReadImage());
            }
            else if (_json.NameIs("annotations"u8))
            {
                hasAnnotations = true;
                if (OnAnnotation is null) _json.Skip();
                else for (StartList("annotation"); NextEntry();) OnAnnotation(ReadAnnotation());
            }
            else if (OnCategory is not null && _json.NameIs("categories"u8))
            {
                for (StartList("category"); NextEntry();) OnCategory(ReadCategory());
            }
            else
            {
                _json.Skip();
            }
        }

        _json.Read(); // What follows the object is no JSON.
        if (!hasImages || !hasAnnotations)
            throw _json.Error($"a COCO annotation file has images and annotations; this one has no {(hasImages ? "annotations" : "images")}");
    }

    private void StartList(string part)
    {
        _json.ReadStart(JsonTokenType.StartArray, $"the list of {part} entries");
        _json.Part = part;
        _json.Entry = 0;
    }

    private bool NextEntry()
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndArray)
        {
            _json.Part = null;
            return false;
        }

        _json.Entry++;
        return _json.TokenType == JsonTokenType.StartObject ? true : throw _json.Error($"is JSON {_json.TokenType}; expected an object");
    }

    private CocoImage ReadImage()
    {
        long? id = null;
        string? fileName = null;
        int? width = null, height = null;
        double? crowdIndex = null;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.NameIs("id"u8)) id = _json.ReadWhole("id");
            else if (_json.NameIs("file_name"u8)) fileName = _json.ReadString("file_name");
            else if (_json.NameIs("width"u8)) width = ReadSize("width");
            else if (_json.NameIs("height"u8)) height = ReadSize("height");
            else if (_json.NameIs("crowdIndex"u8)) crowdIndex = _json.ReadNumber("crowdIndex");
            else _json.Skip();
        }

        return new CocoImage(id ?? throw _json.Error("has no id"), fileName, width, height, crowdIndex);
    }

    private CocoCategory ReadCategory()
    {
        long? id = null;
        string? name = null;
        List<string> keypoints = [];
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.NameIs("id"u8)) id = _json.ReadWhole("id");
            else if (_json.NameIs("name"u8)) name = _json.ReadString("name");
            else if (_json.NameIs("keypoints"u8)) ReadNames(keypoints);
            else _json.Skip();
        }

        return new CocoCategory(id ?? throw _json.Error("has no id"), name, keypoints);
    }

    private void ReadNames(List<string> names)
    {
        _json.ReadStart(JsonTokenType.StartArray, "keypoints");
        names.Clear();
        while (_json.ReadString("keypoints") is string keypoint)
        {
            if (names.Count == MaxKeypoints) throw _json.Error($"has more than {MaxKeypoints} keypoints");
            names.Add(keypoint);
        }

        if (_json.TokenType != JsonTokenType.EndArray) throw _json.Error("keypoints is no list of names");
    }

    private CocoAnnotation ReadAnnotation()
    {
        long? id = null, imageId = null;
        long category = 1;
        bool isCrowd = false;
        double? area = null;
        Box? box = null;
        int? count = null;
        double[] keypoints = [];
        CocoSegmentation? segmentation = null;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.NameIs("keypoints"u8)) keypoints = ReadKeypoints();
            else if (_json.NameIs("id"u8)) id = _json.ReadWhole("id");
            else if (_json.NameIs("image_id"u8)) imageId = _json.ReadWhole("image_id");
            else if (_json.NameIs("category_id"u8)) category = _json.ReadWhole("category_id");
            else if (_json.NameIs("iscrowd"u8)) isCrowd = ReadFlag("iscrowd");
            else if (_json.NameIs("area"u8)) area = _json.ReadNumber("area");
            else if (_json.NameIs("bbox"u8)) box = ReadBox();
            else if (_json.NameIs("num_keypoints"u8)) count = ReadSize("num_keypoints");
            else if (WithSegmentations && _json.NameIs("segmentation"u8)) segmentation = CocoSegmentationReader.Read(ref _json, _numbers);
            else _json.Skip();
        }

        return new CocoAnnotation
        {
            Entry = _json.Entry,
            Id = id ?? throw _json.Error("has no id"),
            ImageId = imageId ?? throw _json.Error("has no image_id"),
            CategoryId = category,
            IsCrowd = isCrowd,
            Area = area,
            Box = box,
            KeypointCount = count,
            Keypoints = keypoints,
            Segmentation = segmentation,
        };
    }

    private double[] ReadKeypoints()
    {
        _json.ReadNumbers(_numbers, 3 * MaxKeypoints, "keypoints");
        return _numbers.Count % 3 == 0
            ? [.. _numbers]
            : throw _json.Error($"keypoints has {_numbers.Count} numbers; expected three for each keypoint: x, y, visibility");
    }

    private Box ReadBox()
    {
        _json.ReadNumbers(_numbers, 4, "bbox");
        return _numbers.Count == 4
            ? new Box(_numbers[0], _numbers[1], _numbers[2], _numbers[3])
            : throw _json.Error($"bbox has {_numbers.Count} numbers; expected x, y, width, height");
    }

    private int ReadSize(string what)
    {
        double value = _json.ReadNumber(what);
        return value is >= 0 and <= int.MaxValue && value == Math.Floor(value)
            ? (int)value
            : throw _json.Error($"{what} is no whole number from 0 to {int.MaxValue}");
    }

    private bool ReadFlag(string what)
    {
        _json.Read();
        return _json.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => _json.NumberAtHand(what) != 0,
        };
    }
}

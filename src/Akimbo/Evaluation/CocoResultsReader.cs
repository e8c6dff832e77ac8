using System.Text.Json;
using Akimbo.Datasets.Coco;

namespace Akimbo.Evaluation;

/// <summary>Reads the entries of <see cref="CocoResults"/> from a stream, trusting none of them.</summary>
internal ref struct CocoResultsReader(Stream stream, string name)
{
    private const long PersonCategory = 1;

    private readonly List<DetectedPerson> _people = [];
    private readonly List<double> _numbers = [];
    private JsonStream _json = new(stream, name, allowMultipleValues: true) { Part = "detection" };
    private bool _useBoxes;
    private int _keypointNumbers;
    private int _otherCategories;

    public CocoResults Read()
    {
        while (_json.Read())
        {
            if (_json.TokenType != JsonTokenType.StartArray) ReadEntry();
            else while (_json.Read() && _json.TokenType != JsonTokenType.EndArray) ReadEntry();
        }

        return new CocoResults(
            _people,
            _otherCategories == 0 ? [] : [$"{_otherCategories} detections are of other categories than 1, a person; they are left out."]);
    }

    private void ReadEntry()
    {
        _json.Entry++;
        if (_json.TokenType != JsonTokenType.StartObject)
            throw _json.Error($"is JSON {_json.TokenType}; expected an object of image_id, keypoints and score");

        long? imageId = null;
        long category = PersonCategory;
        double[]? keypoints = null;
        double? score = null, boxArea = null;
        bool hasMask = false;
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            if (_json.NameIs("keypoints"u8)) keypoints = ReadKeypoints();
            else if (_json.NameIs("image_id"u8)) imageId = _json.ReadWhole("image_id");
            else if (_json.NameIs("score"u8)) score = _json.ReadNumber("score");
            else if (_json.NameIs("category_id"u8)) category = _json.ReadWhole("category_id");
            else if (_json.NameIs("bbox"u8)) boxArea = ReadBoxArea();
            else
            {
                hasMask |= _json.NameIs("segmentation"u8);
                _json.Skip();
            }
        }

        if (_json.Entry == 1)
        {
            _useBoxes = boxArea is not null;
            if (hasMask && !_useBoxes) throw _json.Error("has a segmentation, whose area COCO's API would take; leave segmentations out of keypoint results");
        }

        if (imageId is null) throw _json.Error("has no image_id");
        if (keypoints is null) throw _json.Error("has no keypoints; is this a file of boxes?");
        if (score is null) throw _json.Error("has no score");
        if (_useBoxes && boxArea is null) throw _json.Error("has no bbox, though the first detection has one");
        if (category != PersonCategory)
        {
            _otherCategories++;
            return;
        }

        if (_keypointNumbers == 0) _keypointNumbers = keypoints.Length;
        if (keypoints.Length == 0 || keypoints.Length % 3 != 0 || keypoints.Length != _keypointNumbers)
        {
            string expected = _people.Count > 0 ? $"{_keypointNumbers}, as the others have" : "x, y and score of each keypoint";
            throw _json.Error($"has {keypoints.Length} keypoint numbers; expected {expected}");
        }

        var person = new DetectedPerson { ImageId = imageId.Value, Keypoints = keypoints, Score = score.Value };
        _people.Add(_useBoxes ? person with { Area = boxArea!.Value } : person);
    }

    private double[] ReadKeypoints()
    {
        _json.ReadNumbers(_numbers, 3 * CocoAnnotationReader.MaxKeypoints, "keypoints");
        return [.. _numbers];
    }

    // COCO's API takes an empty list for no box.
    private double? ReadBoxArea()
    {
        _json.ReadNumbers(_numbers, 4, "bbox");
        return _numbers.Count switch
        {
            0 => null,
            4 => _numbers[2] * _numbers[3],
            int count => throw _json.Error($"bbox has {count} numbers; expected x, y, width, height"),
        };
    }
}

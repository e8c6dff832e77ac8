using System.Globalization;
using Akimbo.Geometry;
using Akimbo.Skeletons;
using Akimbo.Tensors.Serialization;

namespace Akimbo.Datasets.Mpii;

/// <summary>
/// The official MATLAB struct: <c>RELEASE.annolist(i).image.name</c>, <c>.annorect(p).{x1, y1, x2, y2, scale, objpos.{x, y},
/// annopoints.point(k).{id, x, y, is_visible}}</c> and <c>RELEASE.img_train(i)</c> (the README of MPII, section "Annotation
/// description"). Fields are missing or empty where nothing is annotated.
/// </summary>
internal static class MpiiMatlab
{
    private const string Variable = "RELEASE";

    private static readonly int KeypointCount = Mpii16.Skeleton.Keypoints.Count;

    public static PoseDataset Read(MatFile matlab, string file, string imageFolder, MpiiPart part)
    {
        if (!matlab.Variables.TryGetValue(Variable, out MatValue? value) || value is not MatStructs { Count: 1 } release)
            throw new DatasetFormatException(file, $"There is no struct '{Variable}'; the file holds {string.Join(", ", matlab.Variables.Keys)}.");
        if (release.Find(0, "annolist") is not MatStructs pictures || release.Find(0, "img_train") is not MatNumbers training || training.Count != pictures.Count)
            throw new DatasetFormatException(file, $"'{Variable}' has no fields annolist and img_train of the same length; it has {string.Join(", ", release.Fields)}.");

        double[] isTraining = training.ToArray<double>();
        var samples = new List<PoseSample>(pictures.Count);
        for (int i = 0; i < pictures.Count; i++)
        {
            if (part != MpiiPart.All && part == MpiiPart.Training != (isTraining[i] != 0)) continue;
            if (pictures.Find(i, "image") is not MatStructs { Count: > 0 } image || image.Find(0, "name") is not MatText name)
                throw new DatasetFormatException(file, $"{Variable}.annolist({i + 1}) has no image.name.");

            samples.Add(new PoseSample
            {
                ImagePath = Path.Combine(imageFolder, name.Text),
                ImageId = i + 1,
                People = pictures.Find(i, "annorect") is MatStructs people ? ReadPeople(people, file, i + 1) : [],
            });
        }

        return MpiiDataset.Of(samples);
    }

    private static AnnotatedPerson[] ReadPeople(MatStructs people, string file, int picture)
    {
        var read = new AnnotatedPerson[people.Count];
        for (int p = 0; p < read.Length; p++)
        {
            Box? head = Number(people, p, "x1") is { } x1 && Number(people, p, "y1") is { } y1 && Number(people, p, "x2") is { } x2 && Number(people, p, "y2") is { } y2
                ? MatlabPixels.BoxOfCorners(x1, y1, x2, y2)
                : null;
            ImagePoint? centre = people.Find(p, "objpos") is MatStructs { Count: > 0 } position && Number(position, 0, "x") is { } x && Number(position, 0, "y") is { } y
                ? MatlabPixels.Point(x, y)
                : null;
            read[p] = new AnnotatedPerson
            {
                Keypoints = ReadKeypoints(people, p, $"annolist({picture}).annorect({p + 1})", file),
                HeadBox = head,
                Centre = centre,
                Scale = Number(people, p, "scale"),
            };
        }

        return read;
    }

    private static AnnotatedKeypoint[] ReadKeypoints(MatStructs people, int person, string where, string file)
    {
        var keypoints = new AnnotatedKeypoint[KeypointCount];
        if (people.Find(person, "annopoints") is not MatStructs { Count: > 0 } annotation || annotation.Find(0, "point") is not MatStructs points)
            return keypoints;

        for (int i = 0; i < points.Count; i++)
        {
            if (Number(points, i, "id") is not { } id || Number(points, i, "x") is not { } x || Number(points, i, "y") is not { } y)
                throw new DatasetFormatException(file, $"{where}: point {i + 1} has no id, x and y.");
            if (id != Math.Floor(id) || id < 0 || id >= KeypointCount)
                throw new DatasetFormatException(file, $"{where}: point {i + 1} has the id {id}; 0 to {KeypointCount - 1} are known.");

            bool isHidden = Number(points, i, "is_visible") == 0; // Head and neck come without it.
            keypoints[(int)id] = MatlabPixels.Keypoint(x, y, isHidden ? KeypointVisibility.Hidden : KeypointVisibility.Visible);
        }

        return keypoints;
    }

    // is_visible is a number in some of the people and the character '0' or '1' in others.
    private static double? Number(MatStructs structs, int index, string field) => structs.Find(index, field) switch
    {
        MatNumbers { Count: 1 } numbers when numbers.ToArray<double>()[0] is var value && double.IsFinite(value) => value,
        MatText text when double.TryParse(text.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) => value,
        _ => null,
    };
}

using Akimbo.Imaging;
using Akimbo.Rendering;
using Akimbo.Skeletons;

namespace Akimbo.Datasets.Preview;

/// <summary>Draws random pictures of a data set with what is annotated in them, to be looked at.</summary>
public static class DatasetPreview
{
    private const int MaxCount = 500;

    /// <summary>
    /// A contact sheet of pictures with people in them, in the data set's order. Hidden keypoints are drawn as visible ones; people's boxes
    /// are drawn where the data set has them.
    /// </summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="options">Null for <see cref="DatasetPreviewOptions.Default"/>.</param>
    /// <param name="sheetOptions">Null for the sheet's defaults, with boxes where the data set has them.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of its range.</exception>
    /// <exception cref="ArgumentException">Nobody is annotated in any picture.</exception>
    /// <exception cref="ImageFormatException">A chosen file is no picture.</exception>
    /// <exception cref="IOException">A chosen picture cannot be read.</exception>
    /// <exception cref="DllNotFoundException">Cairo is not installed.</exception>
    public static Image Draw(IPoseDataset dataset, DatasetPreviewOptions? options = null, ContactSheetOptions? sheetOptions = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DatasetPreviewOptions.Default;
        var samples = Choose(dataset, options);
        sheetOptions ??= new ContactSheetOptions
        {
            Overlay = new PoseOverlayOptions { ShowScores = false, ShowBoxes = samples.Any(sample => sample.People.Any(person => person.Box is not null)) },
        };

        var sheet = new ContactSheet(samples.Count, sheetOptions);
        foreach (PoseSample sample in samples)
            sheet.Add(Image.Load(sample.ImagePath), [.. sample.People.Select(person => ToPerson(person, dataset.Skeleton))], dataset.Skeleton, Path.GetFileName(sample.ImagePath));
        return sheet.Image;
    }

    /// <summary>The pictures that <see cref="Draw"/> shows, in the data set's order.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="options">Null for <see cref="DatasetPreviewOptions.Default"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is out of its range.</exception>
    /// <exception cref="ArgumentException">Nobody is annotated in any picture.</exception>
    public static IReadOnlyList<PoseSample> Choose(IPoseDataset dataset, DatasetPreviewOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        options ??= DatasetPreviewOptions.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Count, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Count, MaxCount, nameof(options));

        int[] peopled = [.. Enumerable.Range(0, dataset.Count).Where(index => dataset.Samples[index].People.Count > 0)];
        if (peopled.Length == 0) throw new ArgumentException($"{dataset.Name} has no people in any of its {dataset.Count} pictures.", nameof(dataset));
        new Random(options.Seed).Shuffle(peopled);
        return [.. peopled.Take(options.Count).Order().Select(index => dataset.Samples[index])];
    }

    private static Person ToPerson(AnnotatedPerson person, Skeleton skeleton)
    {
        Keypoint[] keypoints = [.. person.Keypoints.Select((keypoint, k) => new Keypoint(skeleton.Keypoints[k], keypoint.Position, keypoint.IsLabelled ? 1 : 0))];
        return person.Box is { } box ? new Person(keypoints, 1, box) : new Person(keypoints, 1);
    }
}

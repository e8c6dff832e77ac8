using Akimbo.Datasets;
using Akimbo.Skeletons;

namespace Akimbo.Evaluation.Runs;

/// <summary>Predicts every image of a data set, once.</summary>
public static class DatasetPrediction
{
    /// <summary>Estimates the images that the log does not hold yet.</summary>
    /// <param name="samples">The images, in order; their numbers differ.</param>
    /// <param name="skeleton">The skeleton of the estimates.</param>
    /// <param name="estimate">Finds the people of an image.</param>
    /// <param name="log">Where what is done is kept; null for nowhere. It is not completed.</param>
    /// <param name="progress">Called with the number of images done before each estimate and at the end.</param>
    /// <returns>The predictions as the results hold them, with three decimals, in the order of the images.</returns>
    /// <exception cref="ArgumentException">Two images have the same number, or a prediction is not finite.</exception>
    /// <exception cref="FileNotFoundException">Images are missing; nothing was estimated.</exception>
    public static IReadOnlyList<ImagePrediction> Run(
        IReadOnlyList<PoseSample> samples, Skeleton skeleton, Func<PoseSample, IReadOnlyList<Person>> estimate,
        PredictionLog? log = null, Action<int>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(estimate);
        Check(samples);
        var done = (log?.Done ?? []).ToDictionary(image => image.ImageId);
        var predictions = new List<ImagePrediction>(samples.Count);
        foreach (PoseSample sample in samples)
        {
            progress?.Invoke(predictions.Count);
            if (!done.TryGetValue(sample.ImageId, out var prediction)) prediction = Estimate(sample, skeleton, estimate, log);
            predictions.Add(prediction);
        }

        progress?.Invoke(predictions.Count);
        return predictions;
    }

    private static ImagePrediction Estimate(PoseSample sample, Skeleton skeleton, Func<PoseSample, IReadOnlyList<Person>> estimate, PredictionLog? log)
    {
        byte[] lines = PredictionLines.Format(new ImagePrediction(sample.ImageId, Path.GetFileName(sample.ImagePath), estimate(sample)));
        var reader = new PredictionLines(skeleton);
        using var text = new StreamReader(new MemoryStream(lines));
        ImagePrediction? prediction = null;
        while (text.ReadLine() is { } line) prediction = reader.Take(line);
        log?.Add(prediction!, lines);
        return prediction!;
    }

    private static void Check(IReadOnlyList<PoseSample> samples)
    {
        if (samples.CountBy(sample => sample.ImageId).FirstOrDefault(id => id.Value > 1) is { Value: > 1 } repeated)
            throw new ArgumentException($"{repeated.Value} images have the number {repeated.Key}; every image must have its own.", nameof(samples));
        var missing = samples.Where(sample => !File.Exists(sample.ImagePath)).ToList();
        if (missing.Count > 0)
            throw new FileNotFoundException($"{missing.Count} of {samples.Count} images are missing, such as {missing[0].ImagePath}.", missing[0].ImagePath);
    }
}

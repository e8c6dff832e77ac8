using System.Diagnostics;
using Akimbo.Evaluation;

/// <summary>
/// COCO's evaluation at the size of its validation set: 5,000 images, 6,352 annotated people, 50,000 detections, made at random.
/// </summary>
internal static class EvaluationBenchmark
{
    private const int Images = 5_000;
    private const int People = 6_352;
    private const int Detections = 50_000;
    private const int Rounds = 7;

    /// <summary>Writes the files, reads them, evaluates, and prints times and memory.</summary>
    /// <param name="scale">How many times larger the files are.</param>
    public static void Run(int scale)
    {
        string folder = Directory.CreateTempSubdirectory("akimbo-evaluation-").FullName;
        try
        {
            string truthPath = Path.Combine(folder, "truth.json"), resultsPath = Path.Combine(folder, "results.json");
            Write(truthPath, resultsPath, scale);
            Console.WriteLine($"{new FileInfo(truthPath).Length / 1e6:F1} MB of annotations, {new FileInfo(resultsPath).Length / 1e6:F1} MB of results");

            var watch = Stopwatch.StartNew();
            CocoGroundTruth truth = CocoGroundTruth.Load(truthPath);
            CocoResults results = CocoResults.Load(resultsPath);
            using var process = Process.GetCurrentProcess();
            Console.WriteLine($"read {truth.People.Count} people and {results.People.Count} detections in {watch.ElapsedMilliseconds} ms, peak working set {process.PeakWorkingSet64 / 1e6:F0} MB");

            for (int i = 0; i < Rounds; i++)
            {
                watch.Restart();
                CocoKeypointScores scores = CocoKeypointEvaluation.Evaluate(truth, results.People);
                Console.WriteLine($"evaluated in {watch.Elapsed.TotalMilliseconds:F0} ms: AP {scores.AP:F3}");
            }

            process.Refresh();
            Console.WriteLine($"peak working set {process.PeakWorkingSet64 / 1e6:F0} MB");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string truthPath, string resultsPath, int scale)
    {
        var random = new Random(5);
        using var truth = new StreamWriter(truthPath);
        using var results = new StreamWriter(resultsPath);
        truth.Write("{\"images\": [");
        for (int i = 1; i <= Images * scale; i++) truth.Write(FormattableString.Invariant($"{(i > 1 ? ", " : "")}{{\"id\": {i}, \"file_name\": \"{i:D12}.jpg\", \"width\": 640, \"height\": 480}}"));
        truth.Write("], \"annotations\": [");
        results.Write('[');
        var people = new double[People * scale][];
        for (int i = 0; i < people.Length; i++)
        {
            people[i] = [.. Enumerable.Range(0, 51).Select(k => k % 3 == 2 ? 2.0 : random.Next(640))];
            truth.Write(FormattableString.Invariant($"{(i > 0 ? ", " : "")}{{\"id\": {i + 1}, \"image_id\": {ImageOf(i, scale)}, \"category_id\": 1, \"iscrowd\": 0, \"area\": {random.Next(500, 60_000)}, \"bbox\": [10, 20, 200, 300], \"num_keypoints\": 17, \"keypoints\": [{string.Join(", ", people[i])}], \"segmentation\": [[{string.Join(", ", people[i])}]]}}"));
        }

        for (int i = 0; i < Detections * scale; i++)
        {
            int person = random.Next(people.Length);
            double noise = random.NextDouble() * 40;
            var keypoints = people[person].Select((value, k) => k % 3 == 2 ? 0.9 : Math.Round(value + (random.NextDouble() - 0.5) * noise, 3));
            results.Write(FormattableString.Invariant($"{(i > 0 ? ", " : "")}{{\"image_id\": {ImageOf(person, scale)}, \"category_id\": 1, \"keypoints\": [{string.Join(", ", keypoints)}], \"score\": {Math.Round(random.NextDouble(), 4)}}}"));
        }

        truth.Write("]}");
        results.Write(']');
    }

    private static long ImageOf(int person, int scale) => 1 + (long)person * 7919 % (Images * scale);
}
